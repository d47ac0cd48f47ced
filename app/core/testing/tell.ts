/**
 * Tells webhooks as Shopify would: a real body of the topic, with what the story is about set in it.
 * For tests.
 */
import type { Instant } from "../heard.ts";
import type { OwnTopic, Topic } from "../topics.ts";
import type { Message } from "./hear.ts";

export type Body = Record<string, unknown>;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** When the stories begin. */
export const START: Instant = Date.UTC(2026, 2, 2, 10);

/** `sample` gives a fresh copy of Shopify's sample body of a topic. */
export function createTeller(sample: (topic: Topic) => Body) {
  function tell(topic: Topic, at: Instant, changes: Body): Message {
    const updatedAt = changes["updated_at"];
    const told = typeof updatedAt === "string" ? Math.max(at, Date.parse(updatedAt)) : at;
    const body = JSON.stringify({ ...sample(topic), ...changes });
    return { topic, body, triggeredAt: told + 300, receivedAt: told + 1_000 };
  }

  function purchase(changes: Body): Body {
    return {
      email: null,
      phone: null,
      customer: null,
      billing_address: null,
      shipping_address: null,
      cart_token: null,
      user_id: null,
      source_name: "web",
      customer_locale: null,
      note_attributes: [],
      shipping_lines: [],
      ...changes,
    };
  }

  /** A message of one of our own doors, which knows the time itself. */
  function own(topic: OwnTopic, at: Instant, changes: Body): Message {
    const body = JSON.stringify({ at: iso(at), ...changes });
    return { topic, body, triggeredAt: null, receivedAt: at + 1_000 };
  }

  return {
    tell,
    /** An entry in the pop-up form. */
    form(id: string, at: Instant, changes: Body): Message {
      return own("form/entry", at, { id, form: "popup", ...changes });
    },
    imported(id: string, at: Instant, changes: Body): Message {
      return own("import/row", at, { id, ...changes });
    },
    noted(id: string, at: Instant, changes: Body): Message {
      return own("support/note", at, { id, text: "Called, and asked.", ...changes });
    },
    preference(at: Instant, changes: Body): Message {
      return own("preference/change", at, changes);
    },
    /** A text from the handset of a number. */
    text(number: string, at: Instant, text: string): Message {
      return own("text/inbound", at, { id: `SM${at}`, number, text });
    },
    report(number: string, at: Instant, what: string, by = "test"): Message {
      return own("number/report", at, { number, what, by });
    },
    /** A telling of the checkout `token` at `at`; it was begun then unless told otherwise. */
    checkout(token: string, at: Instant, changes: Body): Message {
      return tell("checkouts/update", at, {
        ...purchase({ created_at: iso(at), ...changes }),
        token,
        updated_at: iso(at),
      });
    },
    checkoutGone(cart: string, at: Instant): Message {
      return tell("checkouts/delete", at, { cart_token: cart });
    },
    /** The order `id`, made at `at`. */
    order(id: number, at: Instant, changes: Body, topic: Topic = "orders/create"): Message {
      return tell(topic, at, {
        ...purchase({ created_at: iso(at), updated_at: iso(at), ...changes }),
        id,
        admin_graphql_api_id: `gid://shopify/Order/${id}`,
        contact_email: null,
        test: changes["test"] ?? false,
        cancelled_at: changes["cancelled_at"] ?? null,
      });
    },
    customer(id: number, at: Instant, changes: Body): Message {
      return tell("customers/update", at, {
        phone: null,
        default_address: null,
        created_at: iso(at),
        ...changes,
        id,
        admin_graphql_api_id: `gid://shopify/Customer/${id}`,
        updated_at: iso(at),
      });
    },
    consent(
      id: number,
      at: Instant,
      state: string | null,
      phone: string | null,
      said: Body = {},
    ): Message {
      const topic = "customers_marketing_consent/update";
      const sms_marketing_consent = {
        state,
        opt_in_level: "single_opt_in",
        consent_updated_at: iso(at),
        consent_collected_from: "other",
        ...said,
      };
      return tell(topic, at, { id, phone, sms_marketing_consent });
    },
    merge(kept: number, gone: number, at: Instant, status = "success"): Message {
      return tell("customers/merge", at, {
        admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
        admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
        status,
      });
    },
    shipment(id: number, order: number, at: Instant, changes: Body): Message {
      const times = { created_at: iso(at), updated_at: iso(at) };
      const topic = "fulfillments/create";
      return tell(topic, at, { ...times, status: "success", ...changes, id, order_id: order });
    },
    delivery(shipment: number, order: number, at: Instant): Message {
      return tell("fulfillment_events/create", at, {
        id: shipment * 10,
        fulfillment_id: shipment,
        order_id: order,
        status: "delivered",
        happened_at: iso(at),
        created_at: iso(at),
        updated_at: iso(at),
      });
    },
    refund(id: number, order: number, at: Instant): Message {
      return tell("refunds/create", at, {
        id,
        admin_graphql_api_id: `gid://shopify/Refund/${id}`,
        order_id: order,
        created_at: iso(at),
      });
    },
  };
}

/** A ticked SMS field. */
export function ticked(number: string): Body {
  return { buyer_accepts_sms_marketing: true, sms_marketing_phone: number };
}

export function address(name: string, phone: string | null, more: Body = {}): Body {
  return { name, phone, country_code: "US", company: null, ...more };
}

/** A customer as checkouts and orders carry one: without times. */
export function buyer(id: number, more: Body = {}): Body {
  return { id, admin_graphql_api_id: `gid://shopify/Customer/${id}`, ...more };
}

export function iso(at: Instant): string {
  return new Date(at).toISOString();
}
