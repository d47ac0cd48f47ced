// Today in the shop, in rounds a little more than a second apart. Nobody does two things in one round.
import type { Act } from "../shopify/verbs.ts";
import type { Step } from "./scenario.ts";

function live(round: number, who: string, act: Act, deliver?: Step["deliver"]): Step {
  return { when: { round }, who, act, ...(deliver === undefined ? {} : { deliver }) };
}

function begin(
  who: string,
  name: string,
  phone: string,
  more: { country?: "FR"; locale?: string; customer?: string } = {},
): Act {
  const { country, ...rest } = more;
  const address = { name, ...(country === undefined ? {} : { country }) };
  const args = {
    as: `${who}-now`,
    email: `${who}@example.com`,
    phone,
    billing: address,
    shipping: address,
    ...rest,
  };
  return { verb: "startCheckout", args };
}

function pay(who: string, order: string): Act {
  return { verb: "completeCheckout", args: { checkout: `${who}-now`, as: order } };
}

function buy(who: string, order: string, name: string, phone: string): Act {
  const args = {
    as: order,
    email: `${who}@example.com`,
    phone,
    billing: { name },
    shipping: { name },
  };
  return { verb: "buyNow", args };
}

/** One number, typed the fifth way. */
const MAYA: readonly Step[] = [
  live(1, "maya", begin("maya", "Maya Okafor", "1 415 555 2671")),
  live(3, "maya", pay("maya", "maya-5"), { copies: 2 }),
];

const ELODIE: readonly Step[] = [
  live(
    1,
    "elodie",
    begin("elodie", "Élodie Marchand", "06 12 34 56 78", { country: "FR", locale: "fr-FR" }),
  ),
  live(2, "elodie", { verb: "tickSms", args: { checkout: "elodie-now", phone: "+33612345678" } }),
  live(4, "elodie", pay("elodie", "elodie-1")),
];

/** One digit typed twice: no number in the US, and by chance a valid one in Switzerland. */
const TYLER: readonly Step[] = [
  live(2, "tyler", buy("tyler", "tyler-2", "Tyler Brandt", "41555544427")),
];

const NORA: readonly Step[] = [
  live(3, "nora", { verb: "editCustomer", args: { customer: "nora", phone: "206-555-8841" } }),
];

const GRACE: readonly Step[] = [
  live(2, "grace", {
    verb: "giftOrder",
    args: {
      as: "grace-1",
      email: "grace@example.com",
      billing: { name: "Grace Oyelaran" },
      recipient: { name: "Ben Achterberg", phone: "(720) 555-3364" },
    },
  }),
];

const IVAN: readonly Step[] = [
  live(1, "ivan", begin("ivan", "Ivan Petrov", "916-555-4471")),
  live(2, "ivan", { verb: "tickSms", args: { checkout: "ivan-now" } }),
  live(3, "ivan", { verb: "untickSms", args: { checkout: "ivan-now" } }),
  live(4, "ivan", pay("ivan", "ivan-1")),
];

/** She shares her number with Hank, who never ticked anything. */
const JUNE: readonly Step[] = [
  live(1, "june", begin("june", "June Park", "(312) 555-4427")),
  live(2, "june", { verb: "tickSms", args: { checkout: "june-now" } }),
  live(3, "june", pay("june", "june-1")),
];

/** Ticks, says STOP, then pays: the same tick is told again, and Shopify calls him subscribed. */
const SAM: readonly Step[] = [
  live(1, "sam", begin("sam", "Sam Delgado", "617-555-3092", { customer: "sam" })),
  live(2, "sam", { verb: "tickSms", args: { checkout: "sam-now" } }),
  live(3, "sam", { verb: "unsubscribeSms", args: { customer: "sam" } }),
  live(4, "sam", pay("sam", "sam-2")),
];

/** His STOP is told after an order that came later. */
const STAN: readonly Step[] = [
  live(2, "stan", { verb: "unsubscribeSms", args: { customer: "stan" } }, { inRound: 6 }),
  live(4, "stan", buy("stan", "stan-2", "Stan Kowalski", "602-555-3175")),
];

const ABBY: readonly Step[] = [
  live(1, "abby", {
    verb: "startCheckout",
    args: { as: "abby-now", basket: { train: 1, robot: 2 } },
  }),
  live(2, "abby", {
    verb: "updateCheckout",
    args: {
      checkout: "abby-now",
      email: "abby@example.com",
      phone: "619-555-2980",
      shipping: { name: "Abby Nguyen" },
    },
  }),
  live(3, "abby", { verb: "tickSms", args: { checkout: "abby-now" } }),
];

const RICO: readonly Step[] = [
  live(1, "rico", begin("rico", "Rico Santana", "713-555-6204")),
  live(7, "rico", pay("rico", "rico-1")),
];

/** The delivery is told before the parcel was on its way. */
const SHAWN: readonly Step[] = [
  live(
    1,
    "shawn",
    { verb: "fulfilmentEvent", args: { order: "shawn-1", status: "in_transit" } },
    { inRound: 4 },
  ),
  live(
    2,
    "shawn",
    { verb: "fulfilmentEvent", args: { order: "shawn-1", status: "delivered" } },
    { copies: 3 },
  ),
  live(5, "shawn", { verb: "refund", args: { order: "shawn-1", note: "Arrived scratched" } }),
];

/** The cancellation is told before the order. */
const CARLA: readonly Step[] = [
  live(1, "carla", buy("carla", "carla-1", "Carla Jensen", "(305) 555-7742"), {
    inRound: 5,
    copies: 2,
  }),
  live(3, "carla", { verb: "cancel", args: { order: "carla-1" } }),
];

/** His only number stands in his own shipping address, as it is written in Britain. */
const OLIVER: readonly Step[] = [
  live(2, "oliver", {
    verb: "buyNow",
    args: {
      as: "oliver-1",
      email: "oliver@example.com",
      locale: "en-GB",
      billing: { name: "Oliver Whitcombe", country: "GB" },
      shipping: { name: "Oliver Whitcombe", country: "GB", phone: "07400 123456" },
    },
  }),
];

/** Gives a phone and no email: known by his Shopify id once he has ordered. */
const PABLO: readonly Step[] = [
  live(1, "pablo", {
    verb: "startCheckout",
    args: {
      as: "pablo-now",
      phone: "512-555-4836",
      billing: { name: "Pablo Rivas" },
      shipping: { name: "Pablo Rivas" },
    },
  }),
  live(3, "pablo", {
    verb: "completeCheckout",
    args: { checkout: "pablo-now", as: "pablo-1", customerAs: "pablo" },
  }),
];

const ZOE: readonly Step[] = [
  live(1, "zoe", {
    verb: "createCustomer",
    args: { as: "zoe", name: "Zoe Adeyemi", email: "zoe@example.com", phone: "303-555-8260" },
  }),
  live(4, "zoe", { verb: "subscribeSms", args: { customer: "zoe" } }),
];

const OTTO: readonly Step[] = [
  live(2, "otto", {
    verb: "draftOrder",
    args: {
      as: "otto-1",
      customer: "otto",
      phone: "(702) 555-5518",
      shipping: { name: "Otto Reyes" },
    },
  }),
];

const BEA: readonly Step[] = [live(2, "bea", buy("bea", "bea-2", "Bea Fontaine", "646 555 7729"))];
const DANA: readonly Step[] = [
  live(2, "dana", buy("dana", "dana-2", "Dana Whitfield", "404-555-9082")),
];

export const DAY_TODAY: readonly Step[] = [
  MAYA,
  ELODIE,
  TYLER,
  NORA,
  GRACE,
  IVAN,
  JUNE,
  SAM,
  STAN,
  ABBY,
  RICO,
  SHAWN,
  CARLA,
  OLIVER,
  PABLO,
  ZOE,
  OTTO,
  BEA,
  DANA,
].flat();
