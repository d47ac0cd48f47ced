/**
 * What a person's documents say of their purchases: the figures SMS journeys branch on.
 * Orders marked as tests count for nothing. Instants in milliseconds, money in the shop's currency.
 */
import type { CheckoutSaid, Instant, Observation, OrderSaid, RefundSaid } from "../heard.ts";
import { checkoutKey } from "../identity.ts";
import type { PersonHeard } from "../people/tell-apart.ts";

export type Checkout = { says: CheckoutSaid; first: Observation; last: Observation };
export type Order = { says: OrderSaid; first: OrderSaid; madeAt: Instant };

export type Purchases = {
  /** Checkouts with someone to tell about them, oldest first. */
  checkouts: Checkout[];
  /** Orders that are no tests, oldest first. */
  orders: Order[];
  refunds: RefundSaid[];
  /** Checkout tokens answered by an order, completed, or deleted. */
  closed: Set<string>;
  /** The person is known from test orders alone. */
  onlyTests: boolean;
};

export function purchasesOf(person: PersonHeard): Purchases {
  const checkouts: Checkout[] = [];
  const orders: Order[] = [];
  const refunds: RefundSaid[] = [];
  const closed = new Set<string>();
  const goneCarts = new Set<string>();
  let tests = 0;
  let others = 0;
  for (const tellings of person.documents.values()) {
    const first = tellings[0];
    const last = tellings.at(-1);
    if (!first || !last) continue;
    const { says } = last;
    if (says.kind === "checkout" || says.kind === "customer" || says.kind === "consent") others += 1;
    if (says.kind === "checkout") checkouts.push({ says, first, last });
    if (says.kind === "checkout_gone") goneCarts.add(says.cart);
    if (says.kind === "refund") refunds.push(says);
    if (says.kind !== "order" || first.says.kind !== "order") continue;
    if (says.checkout) closed.add(checkoutKey(says.checkout));
    if (says.test) tests += 1;
    else orders.push({ says, first: first.says, madeAt: says.createdAt ?? first.toldAt });
  }
  for (const { says } of checkouts) {
    const over = says.completedAt !== null || (says.cart !== null && goneCarts.has(says.cart));
    if (over) closed.add(checkoutKey(says.checkout));
  }
  checkouts.sort((a, b) => a.first.toldAt - b.first.toldAt || (a.says.checkout < b.says.checkout ? -1 : 1));
  orders.sort((a, b) => a.madeAt - b.madeAt || (a.says.order < b.says.order ? -1 : 1));
  const onlyTests = tests > 0 && orders.length === 0 && others === 0;
  return { checkouts, orders, refunds, closed, onlyTests };
}

export type Commerce = {
  checkoutOpen: boolean;
  lastCheckoutAt: Instant | null;
  firstOrderAt: Instant | null;
  lastOrderAt: Instant | null;
  ordersCount: number;
  totalSpent: number;
  currency: string | null;
};

export function commerceOf(purchases: Purchases): Commerce {
  const counted = purchases.orders.filter(({ says }) => says.cancelledAt === null);
  const refunded = new Map<string, number>();
  for (const refund of purchases.refunds) {
    refunded.set(refund.order, (refunded.get(refund.order) ?? 0) + refund.amount);
  }
  let cents = 0;
  for (const { says } of counted) {
    cents += Math.round(Math.max(0, says.value - (refunded.get(says.order) ?? 0)) * 100);
  }
  return {
    checkoutOpen: purchases.checkouts.some(
      ({ says }) => hasContact(says) && !purchases.closed.has(checkoutKey(says.checkout)),
    ),
    lastCheckoutAt: purchases.checkouts.at(-1)?.first.toldAt ?? null,
    firstOrderAt: counted[0]?.madeAt ?? null,
    lastOrderAt: counted.at(-1)?.madeAt ?? null,
    ordersCount: counted.length,
    totalSpent: cents / 100,
    currency: counted.at(-1)?.says.currency ?? null,
  };
}

/** Somebody can be told about this checkout: it has an email, a customer or a phone. */
export function hasContact(says: CheckoutSaid): boolean {
  return Boolean(says.email ?? says.customer ?? says.phone ?? says.smsPhone);
}
