// Line items as they stand in orders, and in the fulfilments and refunds of orders.
import { VENDOR } from "../catalogue.ts";
import { money, moneySet } from "../money.ts";
import type { Item } from "../model.ts";
import type { JsonObject } from "../../control/json.ts";
import { part, readTemplate } from "../templates.ts";

function decided(item: Item): JsonObject {
  return {
    id: item.id,
    admin_graphql_api_id: `gid://shopify/LineItem/${item.id}`,
    fulfillable_quantity: item.quantity,
    grams: item.grams,
    name: `${item.title} - ${item.variantTitle}`,
    price: money(item.price),
    price_set: moneySet(item.price),
    product_id: item.productId,
    quantity: item.quantity,
    sku: item.sku,
    title: item.title,
    variant_id: item.variantId,
    variant_title: item.variantTitle,
    variant_inventory_management: "shopify",
    vendor: VENDOR,
  };
}

export function orderItemBody(item: Item): JsonObject {
  return {
    ...part(readTemplate("orders-create"), "line_items"),
    ...decided(item),
    attributed_staffs: [],
    current_quantity: item.quantity,
  };
}

export function shippedItemBody(item: Item): JsonObject {
  return { ...part(readTemplate("fulfillments-create"), "line_items"), ...decided(item) };
}
