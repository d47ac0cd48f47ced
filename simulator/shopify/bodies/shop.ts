// Bodies about the shop itself and the three compliance requests.
import type { Customer } from "../model.ts";
import type { Shop } from "../shop.ts";
import type { JsonObject } from "../../control/json.ts";
import { readTemplate } from "../templates.ts";
import { customerGid } from "./people.ts";

/** The uninstalled shop: its phone is the merchant's, no shopper's. */
export function uninstalledBody(shop: Shop): JsonObject {
  return {
    ...readTemplate("app-uninstalled"),
    id: shop.id,
    name: shop.name,
    domain: shop.domain,
    phone: shop.phone,
    myshopify_domain: shop.domain,
    marketing_sms_consent_enabled_at_checkout: true,
  };
}

export function scopesBody(shop: Shop, previous: readonly string[]): JsonObject {
  return {
    ...readTemplate("app-scopes-update"),
    shop_id: `gid://shopify/Shop/${shop.id}`,
    previous: [...previous],
    current: [...shop.scopes],
    updated_at: shop.clock.now().toISOString(),
  };
}

function requestedOf(shop: Shop, customer: Customer): JsonObject {
  return {
    shop_id: shop.id,
    shop_domain: shop.domain,
    customer: { id: customer.id, email: customer.email, phone: customer.phone },
  };
}

function ordersOf(shop: Shop, customer: Customer): number[] {
  return [...shop.orders.values()]
    .filter((order) => order.customerId === customer.id)
    .map((order) => order.id);
}

export function redactBody(shop: Shop, customer: Customer): JsonObject {
  return { ...requestedOf(shop, customer), orders_to_redact: ordersOf(shop, customer) };
}

export function dataRequestBody(shop: Shop, customer: Customer): JsonObject {
  return {
    ...requestedOf(shop, customer),
    orders_requested: ordersOf(shop, customer),
    data_request: { id: customer.id % 100_000 },
  };
}

export function shopRedactBody(shop: Shop): JsonObject {
  return { shop_id: shop.id, shop_domain: shop.domain };
}

export function mergeBody(
  kept: number,
  deleted: number,
  outcome: "success" | "failed",
): JsonObject {
  return {
    admin_graphql_api_customer_kept_id: customerGid(kept),
    admin_graphql_api_customer_deleted_id: customerGid(deleted),
    admin_graphql_api_job_id: null,
    status: outcome,
    errors:
      outcome === "failed"
        ? [
            {
              customer_ids: [kept],
              field: "merge_in_progress",
              message: "A customer is currently being merged.",
            },
          ]
        : [],
  };
}
