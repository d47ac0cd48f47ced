// The small life that every shop of the fault matrix lives, in two chapters. In the first, people buy,
// tick and say stop, and three sign up with nothing but a phone, so that they are told under their
// customer id. In the second, those three give their email: what stands under the id is taken back
// there, told under the email, and the two profiles are merged. Every shop hears the very same messages.
import { createSettableClock } from "../../simulator/shopify/clock.ts";
import type { Webhook } from "../../simulator/shopify/model.ts";
import { createShop, type Shop } from "../../simulator/shopify/shop.ts";
import { perform } from "../../simulator/shopify/verbs.ts";

const START = new Date("2026-11-01T12:00:00Z");
const BUYERS = ["Ada", "Ben"] as const;
const SIGNING_UP = ["Eve", "Finn", "Gia"] as const;
/** What every order brings again without saying anything new. */
const LEFT_OUT = new Set(["orders/paid", "orders/fulfilled", "orders/updated"]);
/** What the chapters leave in a workspace: merges on the way, people, and events that are told once. */
export const MERGES = SIGNING_UP.length;
export const PEOPLE = BUYERS.length + SIGNING_UP.length;
export const EVENTS = 2 * (BUYERS.length + 1);

export type Chapters = { first: Webhook[]; second: Webhook[] };

export function chapters(): Chapters {
  const clock = createSettableClock(START);
  let told: Webhook[] = [];
  const onWebhook = (webhook: Webhook): void => void told.push(webhook);
  const shop = createShop({ domain: "matrix.myshopify.com", clock, onWebhook });
  const turn = (): Webhook[] => {
    const chapter = told.filter(({ topic }) => !LEFT_OUT.has(topic));
    told = [];
    return chapter;
  };
  const later = (): void => clock.advance(60_000);
  const people = SIGNING_UP.map((name, index) => {
    later();
    const phone = numberOf(index);
    const args = { name: `${name} Cole`, email: null, phone };
    return { name, customer: Number(perform(shop, { verb: "createCustomer", args })) };
  });
  for (const [index, name] of BUYERS.entries()) {
    later();
    buy(shop, name, numberOf(10 + index), { ticks: index % 2 === 0, later });
  }
  later();
  perform(shop, { verb: "unsubscribeSms", args: { customer: customerOf(shop, "Ada") } });
  const first = turn();
  for (const { name, customer } of people) {
    later();
    const email = `${name.toLowerCase()}@example.com`;
    perform(shop, { verb: "editCustomer", args: { customer, email } });
  }
  later();
  buy(shop, "Ben", numberOf(20), { ticks: false, later });
  return { first, second: turn() };
}

function buy(
  shop: Shop,
  name: string,
  phone: string,
  { ticks, later }: { ticks: boolean; later: () => void },
): void {
  const email = `${name.toLowerCase()}@example.com`;
  const billing = { name: `${name} Cole` };
  const checkout = perform(shop, { verb: "startCheckout", args: { email, phone, billing } });
  later();
  if (ticks) perform(shop, { verb: "tickSms", args: { checkout } });
  const order = Number(perform(shop, { verb: "completeCheckout", args: { checkout } }));
  later();
  perform(shop, { verb: "fulfil", args: { order } });
}

function customerOf(shop: Shop, name: string): number {
  const email = `${name.toLowerCase()}@example.com`;
  const found = [...shop.customers.values()].find((customer) => customer.email === email);
  if (found === undefined) throw new Error(`${name} is no customer`);
  return found.id;
}

/** Outside the reserved 555-0100 to 0199, which are nobody's. */
function numberOf(index: number): string {
  return `+1415555${2_600 + index}`;
}
