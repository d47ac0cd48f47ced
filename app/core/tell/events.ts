/**
 * The commerce events a person's documents call for.
 *
 * Each is named by what it is about (`resource`) and dated by an immutable time of that resource, so
 * that whichever message it was learnt from, in whatever order, it is one event and told once. Its
 * content comes from the resource's first telling, for the same reason.
 */
import type { Instant, ItemSaid, Observation } from "../heard.ts";
import { checkoutKey, orderKey } from "../identity.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import type { NumbersKnown } from "../numbers/known.ts";
import type { Policy } from "../policy.ts";
import type { Decision } from "../profile/profile.ts";
import type { Checkout, Order } from "./commerce.ts";
import { hasContact } from "./commerce.ts";
import type { Asking } from "./confirmations.ts";
import { askingsOf } from "./confirmations.ts";

export type CommerceEvent = {
  name: string;
  /** What the event is about; with its name, its identity. */
  resource: string;
  /** The immutable time of the resource, as its source states it; 0 where it states none. */
  at: Instant;
  /** When what it tells of happened. */
  happenedAt: Instant;
  /** When it may be told: now or later. */
  dueAt: Instant;
  body: Record<string, unknown>;
};

const NEWS_MS = 72 * 3_600_000;
const UNSHIPPED = new Set(["cancelled", "error", "failure"]);

/** Events due at `asOf`, and when the next one will be. */
export function eventsOf(
  person: PersonHeard,
  decision: Decision,
  known: NumbersKnown,
  policy: Policy,
  asOf: Instant,
): { events: CommerceEvent[]; nextAt: Instant | null } {
  const events: CommerceEvent[] = [];
  let nextAt: Instant | null = null;
  const { orders, checkouts, closed } = decision.purchases;
  const toldOrders = new Set<string>();
  for (const order of orders) {
    toldOrders.add(order.says.order);
    events.push(...eventsOfOrder(order, person, orders[0] === order));
  }
  for (const tellings of person.documents.values()) {
    events.push(...eventsOfResource(tellings, toldOrders));
  }
  for (const checkout of checkouts) {
    if (closed.has(checkoutKey(checkout.says.checkout)) || !hasContact(checkout.says)) continue;
    const started = checkoutStarted(checkout, person, decision, policy);
    if (started.dueAt <= asOf) events.push(started);
    else nextAt = Math.min(nextAt ?? started.dueAt, started.dueAt);
  }
  for (const asking of askingsOf(decision, known, policy, asOf)) {
    events.push(confirmationRequested(asking, policy));
  }
  return { events, nextAt };
}

function confirmationRequested(
  { number, act, resource, expiresAt }: Asking,
  { settings }: Policy,
): CommerceEvent {
  return {
    name: "sms_confirmation_requested",
    resource,
    // Another telling may date the act earlier: its name must not depend on that.
    at: 0,
    happenedAt: act.askedFrom,
    dueAt: act.askedFrom,
    body: {
      phone: number,
      purposes: act.purposes,
      brand: settings.brand || null,
      expires_at: new Date(expiresAt).toISOString(),
    },
  };
}

function eventsOfOrder(
  { says, first, madeAt }: Order,
  person: PersonHeard,
  isFirst: boolean,
): CommerceEvent[] {
  const tellings = person.documents.get(orderKey(says.order)) ?? [];
  const order = { order_id: says.order, order_name: first.name };
  const money = { items: items(first.items), value: first.value, currency: first.currency };
  const placed: CommerceEvent = {
    name: "order_placed",
    resource: says.order,
    at: says.createdAt ?? 0,
    happenedAt: madeAt,
    dueAt: madeAt,
    body: {
      ...order,
      checkout_token: first.checkout,
      ...money,
      order_status_url: first.url,
      channel: first.channelName,
      is_first_order: isFirst,
    },
  };
  const events: CommerceEvent[] = [];
  if (tellings.some((telling) => isNews(telling, madeAt))) events.push(placed);
  const cancellation = tellings.find(isCancelledNow);
  if (cancellation?.says.kind === "order") {
    const { cancelledAt, cancelReason } = cancellation.says;
    events.push({
      ...placed,
      name: "order_cancelled",
      happenedAt: Math.min(cancelledAt ?? cancellation.toldAt, cancellation.toldAt),
      body: { ...order, ...money, amount: first.value, reason: cancelReason },
    });
  }
  return events;
}

/** An old order told again is no news; one told as created, or soon after it was made, is. */
function isNews({ says, toldAt }: Observation, madeAt: Instant): boolean {
  return (says.kind === "order" && says.created) || toldAt - madeAt <= NEWS_MS;
}

/** However old the order, that it was cancelled is news when it is told soon after. */
function isCancelledNow({ says, toldAt }: Observation): boolean {
  return says.kind === "order" && says.cancelledAt !== null && toldAt - says.cancelledAt <= NEWS_MS;
}

function eventsOfResource(
  tellings: readonly Observation[],
  orders: ReadonlySet<string>,
): CommerceEvent[] {
  const first = tellings[0]?.says;
  if (first?.kind === "refund" && orders.has(first.order)) {
    return [
      {
        name: "refund_initiated",
        resource: first.refund,
        at: first.createdAt,
        happenedAt: first.createdAt,
        dueAt: first.createdAt,
        body: {
          order_id: first.order,
          refund_id: first.refund,
          items: items(first.items),
          amount: first.amount,
          currency: first.currency,
          reason: first.reason,
        },
      },
    ];
  }
  return eventsOfFulfillment(tellings, orders);
}

function eventsOfFulfillment(
  tellings: readonly Observation[],
  orders: ReadonlySet<string>,
): CommerceEvent[] {
  const told = tellings.flatMap(({ says }) => (says.kind === "fulfillment" ? [says] : []));
  const first = told[0];
  if (!first || !orders.has(first.order)) return [];
  const { createdAt } = first;
  // Once shipped is shipped, also where the parcel was cancelled before we could tell.
  const isShipped = tellings.some(
    (telling) =>
      telling.says.kind === "fulfillment" &&
      !UNSHIPPED.has(telling.says.status ?? "") &&
      isNews(telling, createdAt),
  );
  const shipped: CommerceEvent = {
    name: "order_shipped",
    resource: first.fulfillment,
    at: first.createdAt,
    happenedAt: first.createdAt,
    dueAt: first.createdAt,
    body: {
      order_id: first.order,
      fulfillment_id: first.fulfillment,
      carrier: first.carrier,
      tracking_number: first.trackingNumber,
      tracking_url: first.trackingUrl,
      items: items(first.items),
    },
  };
  const delivered = tellings.flatMap(({ says, toldAt }) =>
    says.kind === "fulfillment_event" && says.status === "delivered"
      ? [Math.min(says.happenedAt ?? toldAt, toldAt)]
      : [],
  );
  const events = isShipped ? [shipped] : [];
  if (delivered.length > 0) {
    const happenedAt = Math.min(...delivered);
    events.push({ ...shipped, name: "order_delivered", happenedAt });
  }
  return events;
}

/** Quiet is counted from receipt: a backlog of late messages must not look like a silent shopper. */
function checkoutStarted(
  { says, first, last, startedAt }: Checkout,
  person: PersonHeard,
  decision: Decision,
  policy: Policy,
): CommerceEvent {
  const tellings = person.documents.get(checkoutKey(says.checkout)) ?? [];
  const contact = tellings.find(
    (telling) => telling.says.kind === "checkout" && hasContact(telling.says),
  );
  const since = contact ?? first;
  const lastHeardAt = Math.max(...tellings.map((telling) => telling.receivedAt), last.receivedAt);
  const { quiet } = policy.settings;
  const dueAt = Math.min(
    lastHeardAt + quiet.checkout_started_seconds * 1000,
    since.receivedAt + quiet.checkout_started_at_latest_seconds * 1000,
  );
  return {
    name: "checkout_started",
    resource: says.checkout,
    at: says.createdAt ?? 0,
    happenedAt: startedAt,
    dueAt,
    body: {
      checkout_token: says.checkout,
      // A recovery link signs its bearer in: it goes only with a number that is the shopper's own.
      recovery_url: decision.profile.phone === null ? null : says.url,
      items: items(says.items),
      value: says.value,
      currency: says.currency,
    },
  };
}

function items(said: readonly ItemSaid[]): Record<string, unknown>[] {
  return said.map((item) => ({ ...item, url: null, image_url: null }));
}
