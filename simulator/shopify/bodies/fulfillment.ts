// Fulfilments and what the carrier says of them.
import type { Fulfillment, Order } from "../model.ts";
import type { Shop } from "../shop.ts";
import type { JsonObject } from "../../control/json.ts";
import { readTemplate } from "../templates.ts";
import { bodyTime } from "../times.ts";
import { shippedItemBody } from "./items.ts";
import { addressBody } from "./people.ts";

export function fulfillmentBody(order: Order, fulfillment: Fulfillment): JsonObject {
  const url = `https://www.ups.com/WebTracking?loc=en_US&requester=ST&trackNums=${fulfillment.trackingNumber}`;
  return {
    ...readTemplate("fulfillments-create"),
    id: fulfillment.id,
    order_id: order.id,
    status: "success",
    created_at: bodyTime(fulfillment.createdAt),
    updated_at: bodyTime(fulfillment.updatedAt),
    tracking_company: fulfillment.trackingCompany,
    shipment_status: fulfillment.shipmentStatus,
    email: order.email,
    destination: addressBody(order.shipping),
    line_items: fulfillment.items.map(shippedItemBody),
    tracking_number: fulfillment.trackingNumber,
    tracking_numbers: [fulfillment.trackingNumber],
    tracking_url: url,
    tracking_urls: [url],
    name: fulfillment.name,
    admin_graphql_api_id: `gid://shopify/Fulfillment/${fulfillment.id}`,
  };
}

export function fulfillmentEventBody(
  shop: Shop,
  order: Order,
  fulfillment: Fulfillment,
  event: { id: number; status: string; at: Date },
): JsonObject {
  return {
    ...readTemplate("fulfillment-events-create"),
    id: event.id,
    fulfillment_id: fulfillment.id,
    status: event.status,
    message: null,
    happened_at: bodyTime(event.at),
    city: order.shipping?.city ?? null,
    country: order.shipping?.countryCode ?? null,
    shop_id: shop.id,
    created_at: bodyTime(event.at),
    updated_at: bodyTime(event.at),
    order_id: order.id,
    admin_graphql_api_id: `gid://shopify/FulfillmentEvent/${event.id}`,
  };
}
