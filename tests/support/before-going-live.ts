// What a workspace holds before Ringtrue writes there: shoppers it heard of, and profiles of others' making.
import { expect } from "vitest";
import { SHOP, WORKSPACE, type Pipeline } from "./pipeline.ts";

const AT = "2026-11-20T10:00:00Z";

/** An order of this number and this email, sent and merged. */
export async function sendOrder(
  pipeline: Pipeline,
  id: number,
  email: string | null,
  more: object = {},
): Promise<void> {
  const body = {
    id,
    name: `#${id}`,
    email,
    phone: "+14155552671",
    created_at: AT,
    updated_at: AT,
    currency: "USD",
    total_price: "20.00",
    line_items: [],
    ...more,
  };
  expect(await pipeline.send({ topic: "orders/create", body })).toBe(200);
  await pipeline.merge(SHOP);
}

/** Somebody else writes a profile. */
export async function writeProfile(
  { customerio }: Pipeline,
  identifiers: object,
  attributes: object,
): Promise<void> {
  const { siteId, apiKey } = WORKSPACE;
  const batch = [{ type: "person", action: "identify", identifiers, attributes, timestamp: 1 }];
  await fetch(`${customerio.url}/api/v2/batch`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${siteId}:${apiKey}`)}` },
    body: JSON.stringify({ batch }),
  });
}
