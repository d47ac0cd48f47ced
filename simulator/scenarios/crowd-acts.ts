// What one shopper of a crowd does next: a small life of checkouts, orders, ticks, stops and moves.
import { customerById } from "../shopify/lookup.ts";
import type { Random } from "../shopify/random.ts";
import type { Shop } from "../shopify/shop.ts";
import type { Act } from "../shopify/verbs.ts";

export type Shopper = {
  index: number;
  name: string;
  email: string;
  phone: string;
  customer: number | null;
  checkout: string | null;
  /** The latest order, and whether it is on its way. */
  order: number | null;
  shipped: boolean;
};

export type NextAct = { act: Act; after(result: number | string, shop: Shop): void };

const AREAS = [
  205, 206, 212, 213, 215, 216, 301, 303, 305, 312, 313, 314, 404, 407, 408, 410, 412, 415, 502,
  503,
] as const;
const FIRST = ["Ada", "Ben", "Cleo", "Dev", "Eve", "Finn", "Gia", "Hugo", "Ines", "Jack"] as const;
const LAST = [
  "Abbott",
  "Baker",
  "Cole",
  "Dunn",
  "Ellis",
  "Frost",
  "Gray",
  "Hale",
  "Irwin",
  "Jones",
  "Kerr",
] as const;

/** A number in the 555 exchange, outside the reserved 0100–0199; `index` below 190,000. */
function crowdNumber(index: number): string {
  const line = 300 + (Math.floor(index / AREAS.length) % 9600);
  return `${AREAS[index % AREAS.length]}555${String(line).padStart(4, "0")}`;
}

function typed(digits: string, random: Random): string {
  const [area, exchange, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  const ways = [
    `(${area}) ${exchange}-${line}`,
    `+1${digits}`,
    `${area}-${exchange}-${line}`,
    `1 ${area} ${exchange} ${line}`,
    digits,
  ];
  return ways[random.below(ways.length)] ?? digits;
}

export function recruit(people: number): Shopper[] {
  return Array.from({ length: people }, (_, index) => ({
    index,
    name: `${FIRST[index % FIRST.length]} ${LAST[index % LAST.length]}`,
    email: `shopper${index}@example.com`,
    phone: crowdNumber(index),
    customer: null,
    checkout: null,
    order: null,
    shipped: false,
  }));
}

function nothing(): void {}

function begin(shopper: Shopper, random: Random): NextAct {
  const address = {
    name: shopper.name,
    phone: random.below(3) === 0 ? typed(shopper.phone, random) : null,
  };
  const args = {
    email: shopper.email,
    phone: typed(shopper.phone, random),
    billing: { name: shopper.name },
    shipping: address,
    ...(shopper.customer === null ? {} : { customer: shopper.customer }),
  };
  return {
    act: { verb: "startCheckout", args },
    after(token) {
      shopper.checkout = String(token);
    },
  };
}

function pay(shopper: Shopper, checkout: string): NextAct {
  return {
    act: { verb: "completeCheckout", args: { checkout } },
    after(order, shop) {
      shopper.checkout = null;
      shopper.order = Number(order);
      shopper.shipped = false;
      shopper.customer =
        customerById(shop, shop.orders.get(Number(order))?.customerId ?? null)?.id ?? null;
    },
  };
}

function checkoutAct(shopper: Shopper, checkout: string, random: Random): NextAct {
  const dice = random.below(10);
  if (dice < 2) return { act: { verb: "tickSms", args: { checkout } }, after: nothing };
  if (dice === 2) return { act: { verb: "untickSms", args: { checkout } }, after: nothing };
  if (dice === 3)
    return {
      act: { verb: "updateCheckout", args: { checkout, basket: { puzzle: 2 } } },
      after: nothing,
    };
  if (dice === 4) {
    return {
      act: { verb: "deleteCheckout", args: { checkout } },
      after() {
        shopper.checkout = null;
      },
    };
  }
  return pay(shopper, checkout);
}

function orderAct(shopper: Shopper, order: number, random: Random): NextAct {
  if (!shopper.shipped) {
    shopper.shipped = true;
    return { act: { verb: "fulfil", args: { order } }, after: nothing };
  }
  shopper.order = null;
  const dice = random.below(6);
  if (dice === 0) return { act: { verb: "refund", args: { order } }, after: nothing };
  if (dice === 1)
    return { act: { verb: "tagOrder", args: { order, tags: "seen" } }, after: nothing };
  return { act: { verb: "fulfilmentEvent", args: { order, status: "delivered" } }, after: nothing };
}

function customerAct(shopper: Shopper, customer: number, random: Random): NextAct {
  const dice = random.below(8);
  if (dice === 0) return { act: { verb: "unsubscribeSms", args: { customer } }, after: nothing };
  if (dice === 1) return { act: { verb: "subscribeSms", args: { customer } }, after: nothing };
  if (dice === 2) {
    // Far from everybody else's, so that no number is on more persons than a test means.
    shopper.phone = crowdNumber(shopper.index + 100_000 + random.below(50_000));
    return { act: { verb: "editCustomer", args: { customer, note: "moved" } }, after: nothing };
  }
  return { act: { verb: "editCustomer", args: { customer, name: shopper.name } }, after: nothing };
}

export function nextAct(shopper: Shopper, random: Random): NextAct {
  if (shopper.checkout !== null) return checkoutAct(shopper, shopper.checkout, random);
  if (shopper.order !== null && random.below(3) > 0)
    return orderAct(shopper, shopper.order, random);
  if (shopper.customer !== null && random.below(4) === 0)
    return customerAct(shopper, shopper.customer, random);
  return begin(shopper, random);
}
