// Money in Shopify's bodies: strings with two digits, and pairs of shop and presentment money.
import type { Item } from "./model.ts";
import type { JsonObject } from "../control/json.ts";

export const CURRENCY = "USD";
export const SHIPPING_PRICE = 600;

export function money(cents: number): string {
  return (cents / 100).toFixed(2);
}

export function moneySet(cents: number): JsonObject {
  const amount = { amount: money(cents), currency_code: CURRENCY };
  return { shop_money: amount, presentment_money: amount };
}

export function itemsTotal(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + item.price * item.quantity, 0);
}

export function itemsWeight(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + item.grams * item.quantity, 0);
}
