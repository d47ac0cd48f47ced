/**
 * From one message to what it says. Pure: the topic, the body and the times of its envelope decide.
 */
import type { z } from "zod";
import {
  cartKey,
  checkoutKey,
  consentKey,
  customerKey,
  fulfillmentKey,
  orderKey,
  readEmail,
  refundKey,
} from "../identity.ts";
import type { Topic } from "../topics.ts";
import { isOwnTopic } from "../topics.ts";
import { readForm } from "./form-encoded.ts";
import { readBody } from "./json.ts";
import { ownReaders } from "./own.ts";
import { envelopeTime, namesNothing, reader, told } from "./reader.ts";
import type { Envelope, Reader, Statement, Understood } from "./reader.ts";
import { checkoutSaid, customerSaid, fulfillmentSaid, orderSaid, refundSaid } from "./sayings.ts";
import * as schemas from "./schemas.ts";

export function understand(envelope: Envelope): Understood {
  const read = isFormEncoded(envelope) ? readForm(envelope.body) : readBody(envelope.body);
  if (!read.ok) return { kind: "refused", reason: "not_json", detail: read.detail };
  const { topic } = envelope;
  const readBy = isOwnTopic(topic) ? ownReaders[topic] : readers[topic];
  return readBy(read.body, envelope);
}

/** Twilio is alone in not writing JSON. */
function isFormEncoded({ topic }: Envelope): boolean {
  return topic === "twilio/message" || topic === "twilio/status";
}

const customers = reader(schemas.customerBody, (body, envelope) => {
  const says = customerSaid(body);
  if (!says) return namesNothing("no customer id");
  const document = customerKey(says.customer);
  return told([{ document, at: body.updated_at, says, countsFromReceipt: true }], envelope);
});

const checkouts = reader(schemas.checkoutBody, (body, envelope) => {
  const says = checkoutSaid(body);
  if (!says) return namesNothing("no checkout token");
  const document = checkoutKey(says.checkout);
  // Taking a tick back is a revocation: without a time of its own it counts from its trigger.
  const countsFromReceipt = says.ticked;
  const customer = embeddedCustomer(body.customer);
  return told([{ document, at: body.updated_at, says, countsFromReceipt }, ...customer], envelope);
});

const orders = reader(schemas.orderBody, (body, envelope) => {
  const says = orderSaid(body, envelope.topic === "orders/create");
  if (!says) return namesNothing("no order id");
  const document = orderKey(says.order);
  const customer = says.test ? [] : embeddedCustomer(body.customer);
  const order: Statement = { document, at: body.updated_at, says, countsFromReceipt: true };
  return told([order, ...customer], envelope);
});

const fulfillments = reader(schemas.fulfillmentBody, (body, envelope) => {
  const says = fulfillmentSaid(body);
  if (!says) return namesNothing("no fulfillment id, order id or creation time");
  return told(
    [{ document: fulfillmentKey(says.fulfillment), at: body.updated_at, says }],
    envelope,
  );
});

const readers: Record<Topic, Reader> = {
  "checkouts/create": checkouts,
  "checkouts/update": checkouts,
  "checkouts/delete": reader(schemas.checkoutGoneBody, (body, envelope) => {
    if (!body.cart_token) return { kind: "nothing", why: "the deleted checkout had no cart" };
    const says = { kind: "checkout_gone", cart: body.cart_token } as const;
    return told([{ document: `gone:${cartKey(says.cart)}`, at: null, says }], envelope);
  }),
  "orders/create": orders,
  "orders/updated": orders,
  "orders/paid": orders,
  "orders/cancelled": orders,
  "orders/fulfilled": orders,
  "fulfillments/create": fulfillments,
  "fulfillments/update": fulfillments,
  "fulfillment_events/create": reader(schemas.fulfillmentEventBody, (body, envelope) => {
    if (!body.fulfillment_id || !body.status) return namesNothing("no fulfillment id or status");
    const document = fulfillmentKey(body.fulfillment_id);
    const says = {
      kind: "fulfillment_event",
      fulfillment: body.fulfillment_id,
      order: body.order_id,
      status: body.status,
      happenedAt: body.happened_at ?? body.created_at,
    } as const;
    return told([{ document, at: body.updated_at ?? body.created_at, says }], envelope);
  }),
  "refunds/create": reader(schemas.refundBody, (body, envelope) => {
    const says = refundSaid(body);
    if (!says) return namesNothing("no refund id, order id or creation time");
    return told([{ document: refundKey(says.refund), at: says.createdAt, says }], envelope);
  }),
  "customers/create": customers,
  "customers/update": customers,
  "customers/delete": reader(schemas.customerGoneBody, (body, envelope) => {
    const customer = body.admin_graphql_api_id ?? body.id;
    if (!customer) return namesNothing("no customer id");
    const says = { kind: "customer_gone", customer } as const;
    return told([{ document: customerKey(customer), at: null, says }], envelope);
  }),
  "customers/merge": reader(schemas.mergeBody, (body, envelope) => {
    const kept = body.admin_graphql_api_customer_kept_id;
    const gone = body.admin_graphql_api_customer_deleted_id;
    if (!kept || !gone) return namesNothing("no customer ids");
    const status = body.status?.toLowerCase();
    if (status !== "completed" && status !== "success") {
      return { kind: "nothing", why: "the merge did not happen" };
    }
    if (kept === gone) return { kind: "nothing", why: "a customer merged with itself" };
    const says = { kind: "merge", kept, gone } as const;
    return told([{ document: `merge:${gone}:${kept}`, at: null, says }], envelope);
  }),
  "customers_marketing_consent/update": reader(schemas.consentBody, (body, envelope) => {
    const consent = body.sms_marketing_consent;
    if (!body.id) return namesNothing("no customer id");
    const state = consent?.state?.toLowerCase() ?? null;
    if (!consent || state === null) return { kind: "nothing", why: "no SMS consent state" };
    if (!isConsentState(state)) {
      return {
        kind: "refused",
        reason: "wrong_shape",
        detail: "sms_marketing_consent.state: is unknown",
      };
    }
    const says = {
      kind: "consent",
      customer: body.id,
      phone: body.phone,
      state,
      level: consent.opt_in_level?.toLowerCase() ?? null,
      collectedFrom: consent.consent_collected_from?.toLowerCase() ?? null,
    } as const;
    const grants = state === "subscribed" || state === "pending";
    const document = consentKey(body.id);
    const at = consent.consent_updated_at;
    return told([{ document, at, says, countsFromReceipt: grants }], envelope);
  }),
  "customers_email_marketing_consent/update": reader(schemas.emailConsentBody, () => ({
    kind: "nothing",
    why: "an email consent is not an SMS consent",
  })),
  "app/uninstalled": reader(schemas.uninstalledBody, (_body, envelope) => ({
    kind: "uninstalled",
    at: envelopeTime(envelope),
  })),
  "app/scopes_update": reader(schemas.scopesBody, () => ({
    kind: "nothing",
    why: "scopes are read from the session",
  })),
  "customers/data_request": reader(schemas.dataRequestBody, (body, envelope) => ({
    kind: "privacy",
    at: envelopeTime(envelope),
    order: {
      kind: "data_request",
      shopDomain: body.shop_domain,
      customer: body.customer?.id ?? null,
    },
  })),
  "customers/redact": reader(schemas.customerRedactBody, (body, envelope) => ({
    kind: "privacy",
    at: envelopeTime(envelope),
    order: {
      kind: "customer_redact",
      shopDomain: body.shop_domain,
      customer: body.customer?.id ?? null,
      email: readEmail(body.customer?.email ?? null),
      orders: (body.orders_to_redact ?? []).filter((order): order is string => order !== null),
    },
  })),
  "shop/redact": reader(schemas.shopRedactBody, (body, envelope) => ({
    kind: "privacy",
    at: envelopeTime(envelope),
    order: { kind: "shop_redact", shopDomain: body.shop_domain },
  })),
};

function embeddedCustomer(customer: z.output<typeof schemas.orderBody>["customer"]): Statement[] {
  const says = customer && customer.updated_at !== null ? customerSaid(customer) : null;
  return says && customer
    ? [{ document: customerKey(says.customer), at: customer.updated_at, says }]
    : [];
}

const CONSENT_STATES = [
  "subscribed",
  "unsubscribed",
  "not_subscribed",
  "pending",
  "redacted",
] as const;

function isConsentState(state: string): state is (typeof CONSENT_STATES)[number] {
  return (CONSENT_STATES as readonly string[]).includes(state);
}
