// What a simulated shop remembers. Plain records, mutated by the verbs; the webhook bodies are
// built from them in `bodies/`. Money is integer cents, times are Dates, ids are whole numbers
// below 2^53 like those of real shops.

export type Address = {
  name: string;
  firstName: string;
  lastName: string;
  company: string | null;
  address1: string;
  city: string;
  zip: string;
  province: string | null;
  provinceCode: string | null;
  country: string;
  countryCode: string;
  phone: string | null;
};

export type SmsState = "subscribed" | "unsubscribed" | "not_subscribed" | "pending" | "redacted";
export type OptInLevel = "single_opt_in" | "confirmed_opt_in" | "unknown";

/** Shopify's record of a customer's SMS consent. */
export type SmsConsent = {
  state: SmsState;
  level: OptInLevel | null;
  updatedAt: Date | null;
  collectedFrom: "shopify" | "other";
};

export type EmailConsent = { state: SmsState; level: OptInLevel | null; updatedAt: Date | null };

export type Customer = {
  id: number;
  createdAt: Date;
  updatedAt: Date;
  email: string | null;
  phone: string | null;
  firstName: string;
  lastName: string;
  account: boolean;
  note: string | null;
  defaultAddress: (Address & { id: number }) | null;
  sms: SmsConsent | null;
  emailConsent: EmailConsent | null;
  deleted: boolean;
};

export type Item = {
  id: number;
  productId: number;
  variantId: number;
  title: string;
  variantTitle: string;
  sku: string;
  price: number;
  grams: number;
  quantity: number;
};

export type Checkout = {
  id: number;
  token: string;
  cartToken: string;
  createdAt: Date;
  updatedAt: Date;
  completedAt: Date | null;
  email: string | null;
  phone: string | null;
  locale: string;
  items: Item[];
  billing: Address | null;
  shipping: Address | null;
  ticked: boolean;
  smsPhone: string | null;
  customerId: number | null;
  note: string | null;
  deleted: boolean;
};

export type Fulfillment = {
  id: number;
  orderId: number;
  createdAt: Date;
  updatedAt: Date;
  trackingNumber: string;
  trackingCompany: string;
  shipmentStatus: string | null;
  items: Item[];
  name: string;
};

export type Refund = {
  id: number;
  orderId: number;
  createdAt: Date;
  items: Item[];
  amount: number;
  note: string | null;
};

export type Order = {
  id: number;
  number: number;
  token: string;
  checkoutToken: string | null;
  cartToken: string | null;
  createdAt: Date;
  updatedAt: Date;
  cancelledAt: Date | null;
  cancelReason: string | null;
  customerId: number | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  items: Item[];
  billing: Address | null;
  shipping: Address | null;
  sourceName: string;
  staffId: number | null;
  tags: string;
  note: string | null;
  noteAttributes: readonly { name: string; value: string }[];
  test: boolean;
  fulfillments: Fulfillment[];
  refunds: Refund[];
};

/** One webhook as Shopify would send it, before it is signed. `body` is what is signed and never changes between attempts. */
export type Webhook = {
  shop: string;
  topic: string;
  body: Buffer;
  webhookId: string;
  eventId: string;
  triggeredAt: string;
  apiVersion: string;
};
