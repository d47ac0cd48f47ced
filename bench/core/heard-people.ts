// What was heard of any number of shoppers: ten tellings of each, as JSON texts, the way the database hands them over. There are five
// stories, told by webhook bodies once; every shopper lives one of them with an id, an email and numbers of their own.

import { createHash } from "node:crypto";

import type { Message } from "#app/core/testing/hear.ts";
import { observationsOf } from "#app/core/testing/hear.ts";
import {
  address,
  buyer,
  createTeller,
  DAY,
  HOUR,
  MINUTE,
  START,
  ticked,
} from "#app/core/testing/tell.ts";

export const TELLINGS_EACH = 10;
/** After every story. */
export const AS_OF = START + 400 * DAY;

// Stands for the shopper in the stories, and nowhere else in them; the second is it as it is written within a number.
const SHOPPER = "131071";
const IN_NUMBER = "613-1071";
const MOST_SHOPPERS = 100_000;

const { checkout, order, customer, consent, shipment, delivery } = createTeller(() => ({}));

const ID = Number(`7${SHOPPER}`);
const NUMBER = `+14156${SHOPPER}`;
const WRITTEN = `(415) ${IN_NUMBER}`;
const OTHER = `+12126${SHOPPER}`;
const BRITISH = `+447400${SHOPPER}`;
const CHECKOUT = `c${SHOPPER}`;
const ORDER = Number(`5${SHOPPER}`);
const SHIPMENT = Number(`6${SHOPPER}`);

const me = { email: `shopper${SHOPPER}@example.com` };
const known = { ...me, customer: buyer(ID, { first_name: "Ada", last_name: "Byron" }) };
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const home = (phone: string | null): object => ({
  billing_address: address("Ada Byron", phone),
  shipping_address: address("Ada Byron", phone),
});

const STORIES: readonly (readonly Message[])[] = [
  // Types her way through a checkout, orders, is sent the parcel.
  [
    checkout(CHECKOUT, at(0), {}),
    checkout(CHECKOUT, at(0, 1), me),
    checkout(CHECKOUT, at(0, 2), { ...me, ...home(null) }),
    checkout(CHECKOUT, at(0, 3), { ...me, ...home(WRITTEN) }),
    checkout(CHECKOUT, at(0, 4), { ...me, ...home(WRITTEN), ...ticked(NUMBER) }),
    order(ORDER, at(0, 6), { ...known, ...home(WRITTEN), checkout_token: CHECKOUT }),
    order(ORDER, at(2), { ...known, ...home(WRITTEN), checkout_token: CHECKOUT }, "orders/updated"),
    customer(ID, at(0, 6), { ...me, phone: NUMBER }),
    shipment(SHIPMENT, ORDER, at(1), {}),
    delivery(SHIPMENT, ORDER, at(3)),
  ],
  // An account whose number changes, with a consent for each, and a stop.
  [
    customer(ID, at(0), me),
    customer(ID, at(1), { ...me, phone: NUMBER }),
    consent(ID, at(1, 1), "subscribed", NUMBER),
    customer(ID, at(30), { ...me, default_address: address("Ada Byron", WRITTEN) }),
    order(ORDER, at(31), { ...known, phone: NUMBER }),
    consent(ID, at(60), "unsubscribed", NUMBER),
    customer(ID, at(90), { ...me, phone: OTHER }),
    consent(ID, at(90, 1), "subscribed", OTHER, { opt_in_level: "confirmed_opt_in" }),
    customer(ID, at(120), { ...me, phone: OTHER }),
    customer(ID, at(150), { ...me, phone: OTHER, first_name: "Ada" }),
  ],
  // Never gives a name: three carts left behind, the last with the field ticked.
  [0, 40, 80].flatMap((days, nth) => [
    checkout(`${CHECKOUT}${nth}`, at(days), {}),
    checkout(`${CHECKOUT}${nth}`, at(days, 1), { ...me, phone: nth === 0 ? OTHER : WRITTEN }),
    checkout(`${CHECKOUT}${nth}`, at(days, 2), { ...me, phone: WRITTEN, ...ticked(NUMBER) }),
    checkout(`${CHECKOUT}${nth}`, at(days, 5), { ...me, phone: WRITTEN, ...ticked(NUMBER) }),
  ]),
  // Gifts: the parcel, and the number on it, are somebody else's.
  [0, 10, 20, 30, 40].flatMap((days, nth) => {
    const gift = {
      ...known,
      billing_address: address("Ada Byron", BRITISH, { country_code: "GB" }),
      shipping_address: address("Ben Byron", OTHER),
    };
    return [
      checkout(`${CHECKOUT}${nth}`, at(days), gift),
      order(ORDER * 10 + nth, at(days) + HOUR, { ...gift, checkout_token: `${CHECKOUT}${nth}` }),
    ];
  }),
  // Ten orders in five years' habit, the number written as it came.
  [WRITTEN, NUMBER, WRITTEN, IN_NUMBER, NUMBER, OTHER, WRITTEN, NUMBER, OTHER, OTHER].map(
    (phone, nth) => order(ORDER * 10 + nth, at(nth * 30), { ...known, ...home(phone), phone }),
  ),
];

const TEMPLATES: readonly (readonly string[])[] = STORIES.map(templatesOf);

/** The tellings of the shopper with this index, each as JSON; below 100,000 no two are alike. */
export function tellingsOf(shopper: number): string[] {
  if (shopper >= MOST_SHOPPERS) throw new Error("there are no more shoppers than that");
  const digits = String(shopper).padStart(SHOPPER.length, "0");
  const inNumber = `6${digits.slice(0, 2)}-${digits.slice(2)}`;
  const templates = TEMPLATES[shopper % TEMPLATES.length] ?? [];
  return templates.map((template) =>
    template.replaceAll(SHOPPER, digits).replaceAll(IN_NUMBER, inNumber),
  );
}

function templatesOf(story: readonly Message[]): string[] {
  const all = observationsOf(story).slice(0, TELLINGS_EACH);
  if (all.length < TELLINGS_EACH) throw new Error("a story is too short");
  return all.map(({ id, ...told }) => {
    const named = createHash("sha256").update(id).digest("hex").slice(0, 32);
    return JSON.stringify({ ...told, id: named });
  });
}
