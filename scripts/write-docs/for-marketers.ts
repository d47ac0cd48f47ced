// What to use where in a journey: the part of the data dictionary that is advice. Names are checked
// by the compiler against the catalogue.
import type { AttributeName } from "../../app/core/tell/catalogue.ts";
import type { EventName } from "../../app/core/tell/catalogue/events.ts";
import { code, table } from "./markdown.ts";

const attribute = (name: AttributeName): string => code(name);
const event = (name: EventName): string => code(name);
const liquid = (name: AttributeName): string => code(`{{customer.${name}}}`);

export function forMarketers(): string[] {
  return [
    "## In a journey",
    table(["for", "use", "because"], USES),
    "Three things not to do:",
    DONTS,
  ];
}

const USES = [
  [
    "the *To* of a marketing text",
    liquid("sms_marketing_phone"),
    "It is the shopper's number while they may be texted and is removed the moment they may not: a text already planned has nowhere to go.",
  ],
  [
    "the *To* of an order update",
    liquid("sms_transactional_phone"),
    "The same for order updates, which need no marketing consent but end with a stop.",
  ],
  [
    "a segment of whom to text",
    `${attribute("sms_eligible")} is true`,
    "Number, consent, stops, country and control group in one answer.",
  ],
  [
    "a segment for cart reminders",
    `${attribute("sms_cart_eligible")} is true`,
    "In the US and Canada they need a confirmed consent whose wording names them.",
  ],
  [
    "the trigger of a cart reminder",
    `event ${event("checkout_started")}`,
    "It is told once the checkout has gone quiet, with the cart as it is then.",
  ],
  [
    "the exit of a cart reminder",
    `event ${event("order_placed")}, or ${attribute("checkout_open")} is false`,
    "The attribute also ends it when somebody else ordered with the same number.",
  ],
  [
    "the exit of any journey of texts",
    `${attribute("sms_eligible")} is false`,
    "A stop, a new number without consent or a lapsed confirmation ends it.",
  ],
  [
    "a branch: text, email or nothing",
    `${attribute("sms_fallback_channel")}: absent, \`email\` or \`none\``,
    "It is absent while a text may be sent.",
  ],
  [
    "the hours to text in",
    `${attribute("sms_window_start")}, ${attribute("sms_window_end")}`,
    "The hours that are lawful where the shopper is, in their own time: [quiet hours](quiet-hours.md). Where they are absent, none is.",
  ],
  [
    "what texts are worth",
    `${attribute("sms_holdout")} is true`,
    "The control group: those who would have been texted.",
  ],
  [
    "why somebody gets no texts",
    attribute("sms_ineligible_reason"),
    "[Reasons](reasons.md) explains each, and says what can be done.",
  ],
  [
    "asking which number is right",
    `event ${event("phone_candidate_heard")}`,
    "The shopper gave a newer number that has not won yet.",
  ],
];

const DONTS = [
  `- Don't text ${attribute("phone")}. It is who the shopper is, not what they allowed; after a stop it stays.`,
  `- Don't build audiences on ${attribute("sms_consent")} alone: a consent says nothing of landlines, stops at the carrier or shared numbers.`,
  "- Don't write these attributes from elsewhere: the next change overwrites them.",
].join("\n");
