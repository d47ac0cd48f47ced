// Refunds. Their amount stands in the transactions; a refund body names its order and no shopper.
import { money, moneySet } from "../money.ts";
import type { Item, Refund } from "../model.ts";
import type { JsonObject } from "../../control/json.ts";
import { part, readTemplate } from "../templates.ts";
import { bodyTime } from "../times.ts";
import { shippedItemBody } from "./items.ts";

function refundItemBody(refund: Refund, item: Item): JsonObject {
  const subtotal = item.price * item.quantity;
  return {
    ...part(readTemplate("refunds-create"), "refund_line_items"),
    id: refund.id + (item.id % 1000),
    quantity: item.quantity,
    line_item_id: item.id,
    subtotal: subtotal / 100,
    subtotal_set: moneySet(subtotal),
    line_item: shippedItemBody(item),
  };
}

function transactionBody(refund: Refund): JsonObject {
  const id = refund.id + 1;
  return {
    ...part(readTemplate("refunds-create"), "transactions"),
    id,
    order_id: refund.orderId,
    gateway: "shopify_payments",
    created_at: bodyTime(refund.createdAt),
    processed_at: bodyTime(refund.createdAt),
    amount: money(refund.amount),
    currency: "USD",
    admin_graphql_api_id: `gid://shopify/OrderTransaction/${id}`,
  };
}

export function refundBody(refund: Refund): JsonObject {
  return {
    ...readTemplate("refunds-create"),
    id: refund.id,
    order_id: refund.orderId,
    created_at: bodyTime(refund.createdAt),
    note: refund.note,
    processed_at: bodyTime(refund.createdAt),
    admin_graphql_api_id: `gid://shopify/Refund/${refund.id}`,
    refund_line_items: refund.items.map((item) => refundItemBody(refund, item)),
    transactions: [transactionBody(refund)],
  };
}
