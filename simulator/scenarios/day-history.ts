// What happened in the shop before today: told first, in no order.
import type { ProductName } from "../shopify/catalogue.ts";
import type { Act } from "../shopify/verbs.ts";
import type { Step } from "./scenario.ts";

type Purchase = { as: string; name: string; phone: string; basket?: ProductName; ticked?: boolean };

function bought(daysAgo: number, who: string, purchase: Purchase): Step {
  const act: Act = {
    verb: "buyNow",
    args: {
      as: purchase.as,
      customerAs: who,
      email: `${who}@example.com`,
      phone: purchase.phone,
      billing: { name: purchase.name },
      shipping: { name: purchase.name },
      basket: { [purchase.basket ?? "kite"]: 1 },
      ticked: purchase.ticked ?? false,
    },
  };
  return { when: { daysAgo }, who, act };
}

/** The same shopper again: the customer is known by email, so no name is given to a new one. */
function boughtAgain(daysAgo: number, who: string, purchase: Purchase): Step {
  const { act } = bought(daysAgo, who, purchase);
  if (act.verb !== "buyNow") return { when: { daysAgo }, who, act };
  const { customerAs: _known, ...args } = act.args;
  return { when: { daysAgo }, who, act: { verb: "buyNow", args } };
}

const MAYA = "Maya Okafor";

export const DAY_HISTORY: readonly Step[] = [
  bought(30, "maya", { as: "maya-1", name: MAYA, phone: "(415) 555-2671" }),
  boughtAgain(21, "maya", { as: "maya-2", name: MAYA, phone: "+1 415-555-2671", basket: "train" }),
  boughtAgain(14, "maya", { as: "maya-3", name: MAYA, phone: "415.555.2671", basket: "puzzle" }),
  // As pasted from a contact on a phone: direction marks and a non-breaking hyphen.
  boughtAgain(7, "maya", { as: "maya-4", name: MAYA, phone: "\u202A+1 (415) 555\u20112671\u202C" }),
  bought(12, "tyler", { as: "tyler-1", name: "Tyler Brandt", phone: "415-555-4427" }),
  bought(9, "nora", { as: "nora-1", name: "Nora Lindqvist", phone: "206-555-7714" }),
  bought(4, "hank", { as: "hank-1", name: "Hank Park", phone: "312-555-4427" }),
  bought(10, "sam", { as: "sam-1", name: "Sam Delgado", phone: "617-555-3092", ticked: true }),
  bought(5, "stan", { as: "stan-1", name: "Stan Kowalski", phone: "602-555-3175", ticked: true }),
  bought(20, "bea", { as: "bea-1", name: "Bea Fontaine", phone: "646-555-3481", ticked: true }),
  bought(8, "vera", { as: "vera-1", name: "Vera Kim", phone: "480-555-2914", ticked: true }),
  bought(11, "finn", { as: "finn-1", name: "Finn Sato", phone: "503-555-7328", ticked: true }),
  bought(150, "dana", {
    as: "dana-1",
    name: "Dana Whitfield",
    phone: "404-555-6617",
    ticked: true,
  }),
  bought(3, "shawn", {
    as: "shawn-1",
    name: "Shawn Ito",
    phone: "503-555-6143",
    basket: "robot",
    ticked: true,
  }),
  { when: { daysAgo: 2 }, who: "shawn", act: { verb: "fulfil", args: { order: "shawn-1" } } },
  {
    when: { daysAgo: 1 },
    who: "tyler",
    act: { verb: "tagOrder", args: { order: "tyler-1", tags: "thank-you-card" } },
  },
  {
    when: { daysAgo: 6 },
    who: "otto",
    act: {
      verb: "createCustomer",
      args: { as: "otto", name: "Otto Reyes", email: "otto@example.com" },
    },
  },
];
