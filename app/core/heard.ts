/**
 * What Ringtrue has heard, in its own words.
 *
 * An observation is one telling of one document: immutable, named by its content, and stored under
 * the document it tells of. Everything Ringtrue believes is computed from a *set* of these, so their
 * order of arrival and their repetition cannot matter.
 */

/** Milliseconds since 1970, UTC. */
export type Instant = number;

/** `customer:42`, `email:ada@example.com`, `checkout:TOKEN`, `cart:TOKEN`, `order:7`, … */
export type IdentityKey = string;

export type Observation = {
  document: IdentityKey;
  /** Hex of a digest over the content: the same telling has the same id wherever it came from. */
  id: string;
  /** When the source says so, never later than the first receipt. */
  toldAt: Instant;
  /** Breaks ties between tellings of the same second. */
  triggeredAt: Instant;
  receivedAt: Instant;
  says: Saying;
};

export type AddressSaid = {
  phone: string | null;
  country: string | null;
  /** As Shopify writes it within the country: `CA`, `NY`, `ON`. */
  province: string | null;
  name: string | null;
  company: string | null;
};

export type ItemSaid = {
  product_id: string | null;
  variant_id: string | null;
  sku: string | null;
  title: string;
  quantity: number;
  price: number;
};

/** Where an order or checkout was made, as far as it says whose hand typed its numbers. */
export type Channel = "online" | "pos" | "staff";

export type CustomerSaid = {
  kind: "customer";
  customer: string;
  email: string | null;
  phone: string | null;
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  address: AddressSaid | null;
  createdAt: Instant | null;
};

/** What checkouts and orders have in common. */
type PurchaseSaid = {
  cart: string | null;
  customer: string | null;
  customerName: string | null;
  customerCountry: string | null;
  email: string | null;
  phone: string | null;
  billing: AddressSaid | null;
  shipping: AddressSaid | null;
  /** A gift mark or a pickup point: the shipping phone is then nobody's own. */
  forSomebodyElse: boolean;
  locale: string | null;
  channel: Channel;
  createdAt: Instant | null;
  items: ItemSaid[];
  value: number;
  currency: string | null;
  url: string | null;
};

export type CheckoutSaid = PurchaseSaid & {
  kind: "checkout";
  checkout: string;
  ticked: boolean;
  smsPhone: string | null;
  completedAt: Instant | null;
};

export type OrderSaid = PurchaseSaid & {
  kind: "order";
  order: string;
  name: string | null;
  checkout: string | null;
  channelName: string | null;
  test: boolean;
  cancelledAt: Instant | null;
  cancelReason: string | null;
  /** Heard in `orders/create`, so the order is news whatever its age. */
  created: boolean;
};

export type ConsentState =
  | "subscribed"
  | "unsubscribed"
  | "not_subscribed"
  | "pending"
  | "redacted"
  | null;

export type ConsentSaid = {
  kind: "consent";
  customer: string;
  phone: string | null;
  state: ConsentState;
  level: string | null;
  collectedFrom: string | null;
};

export type MergeSaid = { kind: "merge"; kept: string; gone: string };
export type CustomerGoneSaid = { kind: "customer_gone"; customer: string };
export type CheckoutGoneSaid = { kind: "checkout_gone"; cart: string };

export type FulfillmentSaid = {
  kind: "fulfillment";
  fulfillment: string;
  order: string;
  status: string | null;
  createdAt: Instant;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  items: ItemSaid[];
};

export type FulfillmentEventSaid = {
  kind: "fulfillment_event";
  fulfillment: string;
  order: string | null;
  status: string;
  happenedAt: Instant | null;
};

export type RefundSaid = {
  kind: "refund";
  refund: string;
  order: string;
  createdAt: Instant;
  amount: number;
  currency: string | null;
  reason: string | null;
  items: ItemSaid[];
};

/** What a wording lets a shop send (SEMANTICS §2). */
export const CONSENT_PURPOSES = ["marketing", "cart_reminders", "transactional"] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** Where and how a consent was given, as far as the door it came by could see. */
export type Evidence = {
  page: string | null;
  ip: string | null;
  userAgent: string | null;
  locale: string | null;
};

/** An entry in a sign-up form, or in any other intake of the shop's own. */
export type FormSaid = {
  kind: "form";
  entry: string;
  /** Which form: `popup`, `footer`, … */
  form: string;
  customer: string | null;
  email: string | null;
  phone: string | null;
  country: string | null;
  ticked: boolean;
  /** The version of the wording the shopper saw. */
  disclosure: string | null;
  evidence: Evidence;
};

/** A row of a list from before. */
export type ImportSaid = {
  kind: "import";
  row: string;
  customer: string | null;
  email: string | null;
  phone: string | null;
  country: string | null;
  /** A consent counts only with all three: when, where and by which wording it was given. */
  consentedAt: Instant | null;
  consentSource: string | null;
  wording: string | null;
};

/** What support settled for one shopper, with the note that says how it was known. */
export type SupportSaid = {
  kind: "support";
  note: string;
  customer: string | null;
  email: string | null;
  text: string;
  /** The number the shopper gave to support. */
  phone: string | null;
  /** A number of theirs that support checked, as the note says. */
  verifies: string | null;
  /** A number that is not to be used for this shopper. */
  bars: string | null;
  /** What a number in review turned out to be. */
  resolves: { raw: string; e164: string } | null;
};

/** What a shopper set in the workspace's preferences, or was set there for them. */
export type PreferenceSaid = {
  kind: "preference";
  customer: string | null;
  email: string | null;
  channel: "sms" | "everything";
  subscribed: boolean;
};

export type Saying =
  | CustomerSaid
  | CheckoutSaid
  | OrderSaid
  | ConsentSaid
  | MergeSaid
  | CustomerGoneSaid
  | CheckoutGoneSaid
  | FulfillmentSaid
  | FulfillmentEventSaid
  | RefundSaid
  | FormSaid
  | ImportSaid
  | SupportSaid
  | PreferenceSaid;

/** The order in which tellings of one document stand: by time, then trigger, then content. */
export function byTime(a: Observation, b: Observation): number {
  if (a.toldAt !== b.toldAt) return a.toldAt - b.toldAt;
  if (a.triggeredAt !== b.triggeredAt) return a.triggeredAt - b.triggeredAt;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
