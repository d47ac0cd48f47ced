/** Who is told, opened for one shop; or why nobody can be told now. What is missing is explained and tried again. */
import { openConnection } from "#app/db/shop-connection.ts";
import type { FeedbackDue } from "#app/db/feedback.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Outcome } from "./outcome.ts";
import type { FeedbackPorts } from "./ports.ts";
import { tellOptOuts } from "./tell-opt-outs.ts";
import { outcomeOf, tellShopify } from "./tell-shopify.ts";

export type Opened =
  | { kind: "open"; tell: (due: FeedbackDue) => Promise<Outcome> }
  | { kind: "closed"; outcome: Outcome };

/** Adding a key or a sender makes everything due at once, so nobody waits for this. */
const NOT_SET_UP_MS = 60 * 60_000;

export async function openOptOuts(
  { pool, sealer, openAppApi }: FeedbackPorts,
  shop: WorkingShop,
): Promise<Opened> {
  if (shop.credentials === null) return closed("not_connected", NOT_SET_UP_MS);
  const api = openAppApi(openConnection(sealer, shop.credentials));
  if (api === null) return closed("no_app_key", NOT_SET_UP_MS);
  if (shop.settings.senders.length === 0) return closed("no_senders", NOT_SET_UP_MS);
  return { kind: "open", tell: (due) => tellOptOuts(pool, api, shop, due) };
}

export async function openShopify(
  { openAdmin, now }: FeedbackPorts,
  shop: WorkingShop,
): Promise<Opened> {
  const opened = await openAdmin(shop);
  if (opened.kind !== "ok") return { kind: "closed", outcome: outcomeOf(opened) };
  return { kind: "open", tell: (due) => tellShopify(opened.value, due, now()) };
}

function closed(detail: string, waitMs: number): Opened {
  return { kind: "closed", outcome: { kind: "away", detail, waitMs } };
}
