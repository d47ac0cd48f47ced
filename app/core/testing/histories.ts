/**
 * Random messages of a small shop, as webhook bodies: so few shoppers, numbers, emails and moments
 * that they keep running into each other. Chance is handed in, as a tape of numbers: each decides
 * one thing, and where the tape ends the first option is taken. For tests.
 */
import type { Instant } from "../heard.ts";
import type { OwnTopic, Topic } from "../topics.ts";
import type { Message } from "./hear.ts";
import { buyer, DAY, HOUR, iso, MINUTE, START } from "./tell.ts";

export const NUMBERS = ["+14155552671", "+14155552672", "+14155552673", "+447911123456"] as const;
export const CUSTOMERS = [1, 2, 3] as const;
/** After every moment of a history. */
export const AFTERWARDS = START + 500 * DAY;

const EMAILS = ["ada@example.com", "ben@example.com", "eve@example.com"] as const;
const NAMES = ["Ada Byron", "Ben Byron", null] as const;
const MINUTES = [0, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE);
const DAYS = [1, 2, 5, 91, 182, 273].map((days) => days * DAY);
/** How long after its moment a message comes; sometimes before it, when its clock is wrong. */
const DELAYS = [1_000, 1_000, 2 * MINUTE, 5 * HOUR, -2 * DAY];
const STATES = [
  "subscribed",
  "subscribed",
  "unsubscribed",
  "not_subscribed",
  "pending",
  "redacted",
];
const LEVELS = ["single_opt_in", "confirmed_opt_in", "unknown"];

type Draw = {
  <Option>(options: readonly Option[]): Option;
};

type Telling = { topic: Topic | OwnTopic; at: Instant; body: object };

export function messageFrom(tape: readonly number[]): Message {
  let position = 0;
  const draw: Draw = (options) => {
    const index = (tape[position] ?? 0) % options.length;
    position += 1;
    const option = options[index];
    if (option === undefined && options.length === 0) throw new Error("nothing to draw from");
    return option as (typeof options)[number];
  };
  const tellAny = draw(TELLINGS);
  const { topic, at, body } = tellAny(draw);
  return {
    topic,
    body: JSON.stringify(body),
    triggeredAt: at + 500,
    receivedAt: at + draw(DELAYS),
  };
}

const maybe = <Option>(options: readonly Option[]): readonly (Option | null)[] => [
  null,
  ...options,
];

function moment(draw: Draw): Instant {
  return START + draw([...MINUTES, ...MINUTES, ...DAYS]);
}

function address(draw: Draw): object | null {
  if (draw([true, false])) return null;
  return { name: draw(NAMES), phone: draw(maybe(NUMBERS)), country_code: draw(["US", "GB"]) };
}

function purchase(draw: Draw): object {
  const customer = draw(maybe(CUSTOMERS));
  return {
    email: draw(maybe(EMAILS)),
    phone: draw(maybe(NUMBERS)),
    customer: customer && buyer(customer, { first_name: "Ada", last_name: "Byron" }),
    billing_address: address(draw),
    shipping_address: address(draw),
    note_attributes: draw([[], [], [{ name: "gift" }]]),
    source_name: draw(["web", "web", "web", "pos", "shopify_draft_order"]),
    cart_token: draw(maybe(["k1", "k2"])),
  };
}

/** The number in the SMS field is the recipient's. */
function giftTo(phone: string | null): object {
  const [billing_address, shipping_address] = [{ name: "Ada Byron" }, { name: "Ben Byron", phone }];
  return { phone: null, billing_address, shipping_address };
}

function checkout(draw: Draw): Telling {
  const at = moment(draw);
  const sms = draw(maybe(NUMBERS));
  const body = {
    token: draw(["c1", "c2", "c3"]),
    sms_marketing_phone: sms,
    buyer_accepts_sms_marketing: draw([true, false]),
    ...purchase(draw),
    ...(draw([false, false, false, true]) ? giftTo(sms) : {}),
    created_at: iso(START),
    updated_at: draw([iso(at), iso(at), iso(at), null]),
  };
  return { topic: "checkouts/update", at, body };
}

function order(draw: Draw): Telling {
  const madeAt = moment(draw);
  const at = madeAt + draw([0, 0, 3 * DAY]);
  const body = {
    id: draw([11, 12, 13]),
    ...purchase(draw),
    checkout_token: draw(maybe(["c1", "c2"])),
    test: draw([false, false, false, true]),
    created_at: iso(madeAt),
    updated_at: iso(at),
    total_price: "9.50",
  };
  return { topic: "orders/create", at, body };
}

function customer(draw: Draw): Telling {
  const at = moment(draw);
  const body = {
    id: draw(CUSTOMERS),
    email: draw(maybe(EMAILS)),
    phone: draw(maybe(NUMBERS)),
    default_address: address(draw),
    first_name: "Ada",
    last_name: "Byron",
    created_at: iso(START),
    updated_at: iso(at),
  };
  return { topic: "customers/update", at, body };
}

function consent(draw: Draw): Telling {
  const at = moment(draw);
  const said = {
    id: draw(CUSTOMERS),
    phone: draw(maybe(NUMBERS)),
    sms_marketing_consent: {
      state: draw(STATES),
      opt_in_level: draw(LEVELS),
      consent_updated_at: draw([iso(at), iso(at), iso(at), null]),
    },
  };
  return { topic: "customers_marketing_consent/update", at, body: said };
}

function merge(draw: Draw): Telling {
  const body = {
    admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${draw(CUSTOMERS)}`,
    admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${draw(CUSTOMERS)}`,
    status: draw(["success", "failed"]),
  };
  return { topic: "customers/merge", at: moment(draw), body };
}

function customerGone(draw: Draw): Telling {
  return { topic: "customers/delete", at: moment(draw), body: { id: draw(CUSTOMERS) } };
}

function checkoutGone(draw: Draw): Telling {
  return { topic: "checkouts/delete", at: moment(draw), body: { cart_token: draw(["k1", "k2"]) } };
}

/** A customer, or an email without one. */
function somebody(draw: Draw): object {
  return draw([true, false]) ? { customer: draw(CUSTOMERS) } : { email: draw(EMAILS) };
}

function form(draw: Draw): Telling {
  const at = moment(draw);
  const body = {
    ...somebody(draw),
    id: draw(["f1", "f2", "f3"]),
    form: draw(["popup", "footer"]),
    at: draw([iso(at), iso(at), iso(at), null]),
    phone: draw(maybe(NUMBERS)),
    ticked: draw([true, true, false]),
    disclosure: draw([null, "v1", "v2"]),
  };
  return { topic: "form/entry", at, body };
}

function imported(draw: Draw): Telling {
  const at = moment(draw);
  const consentedAt = at - draw([1, 30, 700].map((days) => days * DAY));
  const body = {
    ...somebody(draw),
    id: draw(["i1", "i2"]),
    at: iso(at),
    phone: draw(maybe(NUMBERS)),
    consented_at: draw([iso(consentedAt), null]),
    consent_source: draw(["old-shop", null]),
    wording: draw(["v0", null]),
  };
  return { topic: "import/row", at, body };
}

function note(draw: Draw): Telling {
  const at = moment(draw);
  const body = {
    ...somebody(draw),
    id: draw(["n1", "n2"]),
    at: iso(at),
    text: "Called.",
    phone: draw(maybe(NUMBERS)),
    verifies: draw(maybe(NUMBERS)),
    bars: draw([null, null, ...NUMBERS]),
  };
  return { topic: "support/note", at, body };
}

function preference(draw: Draw): Telling {
  const at = moment(draw);
  const [channel, subscribed] = [draw(["sms", "everything"]), draw([true, false])];
  const said = { ...somebody(draw), at: draw([iso(at), null]), channel, subscribed };
  return { topic: "preference/change", at, body: said };
}

function text(draw: Draw): Telling {
  const at = moment(draw);
  const words = draw(["STOP", "STOP", "START", "YES", "wrong number", "Cancel it", "hello"]);
  const body = { id: `SM${at}${words}`, at: iso(at), number: draw(NUMBERS), text: words };
  return { topic: "text/inbound", at, body };
}

function report(draw: Draw): Telling {
  const at = moment(draw);
  const what = draw(["landline", "dead", "unreached", "reassigned", "carrier_stop"]);
  return { topic: "number/report", at, body: { at: iso(at), number: draw(NUMBERS), what } };
}

const TELLINGS = [
  ...[checkout, checkout, checkout, checkout, checkout],
  ...[order, order, order, customer, customer, customer],
  ...[consent, consent, consent, merge, customerGone, checkoutGone],
  ...[form, form, text, text, text, report, imported, note, preference],
];
