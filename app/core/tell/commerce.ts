/**
 * What a person's documents say of their purchases: the figures SMS journeys branch on.
 * Orders marked as tests count for nothing. Instants in milliseconds, money in the shop's currency.
 */
import type {
  CheckoutSaid,
  IdentityKey,
  Instant,
  Observation,
  OrderSaid,
  RefundSaid,
  Saying,
} from "../heard.ts";
import { checkoutKey } from "../identity.ts";
import type { PersonHeard } from "../people/tell-apart.ts";

export type Checkout = {
  says: CheckoutSaid;
  first: Observation;
  last: Observation;
  startedAt: Instant;
};
export type Order = { says: OrderSaid; first: OrderSaid; madeAt: Instant };

export type Purchases = {
  /** Checkouts with someone to tell about them, oldest first. */
  checkouts: Checkout[];
  /** Orders that are no tests, oldest first. */
  orders: Order[];
  refunds: RefundSaid[];
  /** Checkouts answered by an order, followed by one, completed, or deleted. */
  closed: Set<string>;
  /** The person is known from test orders alone. */
  onlyTests: boolean;
};

/** Test orders and the checkouts they came from: they tell of nobody (SEMANTICS §6). */
export function testsOf({ documents }: PersonHeard): Set<IdentityKey> {
  const tests = new Set<IdentityKey>();
  const real = new Set<IdentityKey>();
  for (const [document, tellings] of documents) {
    const says = tellings.at(-1)?.says;
    if (says?.kind !== "order") continue;
    if (says.test) tests.add(document);
    if (says.checkout) (says.test ? tests : real).add(checkoutKey(says.checkout));
  }
  for (const checkout of real) tests.delete(checkout);
  return tests;
}

/** Whoever is known by one of these is somebody, whatever was only tested. */
const SHOWS_A_SHOPPER: ReadonlySet<Saying["kind"]> = new Set<Saying["kind"]>([
  ...(["checkout", "customer", "consent", "form", "import", "support", "preference"] as const),
]);

export function purchasesOf(person: PersonHeard): Purchases {
  const checkouts: Checkout[] = [];
  const orders: Order[] = [];
  const refunds: RefundSaid[] = [];
  const closed = new Set<string>();
  const goneCarts = new Map<string, Instant>();
  const tests = testsOf(person);
  let isSomebody = false;
  for (const [document, tellings] of person.documents) {
    const first = tellings[0];
    const last = tellings.at(-1);
    if (!first || !last || tests.has(document)) continue;
    const { says } = last;
    if (SHOWS_A_SHOPPER.has(says.kind)) isSomebody = true;
    if (says.kind === "checkout")
      checkouts.push({ says, first, last, startedAt: startOf(says, first) });
    if (says.kind === "checkout_gone") goneCarts.set(says.cart, last.toldAt);
    if (says.kind === "refund") refunds.push(says);
    if (says.kind !== "order" || first.says.kind !== "order") continue;
    if (says.checkout) closed.add(checkoutKey(says.checkout));
    orders.push({
      says,
      first: first.says,
      madeAt: Math.min(says.createdAt ?? first.toldAt, first.toldAt),
    });
  }
  checkouts.sort(
    (a, b) => a.first.toldAt - b.first.toldAt || (a.says.checkout < b.says.checkout ? -1 : 1),
  );
  orders.sort((a, b) => a.madeAt - b.madeAt || (a.says.order < b.says.order ? -1 : 1));
  const lastOrderAt = orders.at(-1)?.madeAt ?? Number.NEGATIVE_INFINITY;
  for (const { says, last, startedAt } of checkouts) {
    const goneAt = says.cart === null ? undefined : goneCarts.get(says.cart);
    const isGone = goneAt !== undefined && last.toldAt <= goneAt;
    if (says.completedAt !== null || isGone || startedAt <= lastOrderAt) {
      closed.add(checkoutKey(says.checkout));
    }
  }
  const onlyTests = tests.size > 0 && orders.length === 0 && !isSomebody;
  return { checkouts, orders, refunds, closed, onlyTests };
}

function startOf({ createdAt }: CheckoutSaid, { toldAt }: Observation): Instant {
  return Math.min(createdAt ?? toldAt, toldAt);
}

export type Commerce = {
  /** When the youngest open checkout was started; null when none is open. */
  checkoutOpenSince: Instant | null;
  /** The last order of any kind but tests: it closes the checkouts of all who have the number. */
  lastOrderedAt: Instant | null;
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
  const open = purchases.checkouts.filter(
    ({ says }) => hasContact(says) && !purchases.closed.has(checkoutKey(says.checkout)),
  );
  return {
    checkoutOpenSince:
      open.length === 0 ? null : Math.max(...open.map(({ startedAt }) => startedAt)),
    lastOrderedAt: purchases.orders.at(-1)?.madeAt ?? null,
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
