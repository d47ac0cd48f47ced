// What must hold of a shop when a run is over, whatever befell it. Every judgement is a list of
// sentences that must be empty, so that a run of many shops can name each that is wrong.
import type pg from "pg";
import type { Snapshot } from "../../simulator/customerio/snapshot.ts";
import type { RunningCustomerio } from "../../simulator/customerio/start-customerio.ts";
import type { Workspace } from "../../simulator/customerio/workspace.ts";
import type { LedgerEntry } from "../../simulator/shopify/ledger.ts";
import { contradictions } from "./compare-workspaces.ts";
import { readLedger } from "./ledger.ts";
import { disorder } from "./order-kept.ts";

export type ShopEnd = { snapshot: Snapshot; problems: string[] };

/** What became of one webhook on the way in. */
export type Sent = Pick<LedgerEntry, "webhookId" | "state" | "acknowledgements">;

export type ShopRun = {
  pool: pg.Pool;
  customerio: RunningCustomerio;
  shop: string;
  siteId: string;
  /** What the deliverer knows of the shop's webhooks. */
  sent: readonly Sent[];
};

/** The workspace's end state, and everything that is wrong about the way to it. */
export async function judgeShop({
  pool,
  customerio,
  shop,
  siteId,
  sent,
}: ShopRun): Promise<ShopEnd> {
  const { control } = customerio;
  const workspace = control.workspace(siteId);
  const problems = [
    ...(await imbalances(pool, shop, sent)),
    ...(await deadLetters(pool, shop)),
    ...(await doubled(pool, shop, workspace)),
    ...contradictions(workspace),
    ...disorder(workspace, control.requests()),
  ];
  return { snapshot: control.snapshot(siteId), problems };
}

/** received = applied + repeated + dead + pending, and nothing that was acknowledged is missing. */
async function imbalances(pool: pg.Pool, shop: string, sent: readonly Sent[]): Promise<string[]> {
  const wrong: string[] = [];
  const ledger = await readLedger(pool, shop);
  const acknowledgements = sent.reduce((sum, entry) => sum + entry.acknowledgements, 0);
  const refused = sent.filter(({ state }) => state !== "acknowledged");
  const repeated = acknowledgements - (sent.length - refused.length);
  if (refused.length > 0) wrong.push(`${refused.length} webhooks were never acknowledged`);
  if (ledger.lost.length > 0) wrong.push(`${ledger.lost.length} messages left no trace`);
  const missing = sent.filter(({ webhookId }) => !ledger.webhookIds.has(webhookId));
  if (missing.length > 0) wrong.push(`${missing.length} webhooks are not kept`);
  if (ledger.received !== sent.length) {
    wrong.push(`${ledger.received} messages are kept of ${sent.length}`);
  }
  const { applied, dead, pending } = ledger;
  if (applied + repeated + dead + pending !== acknowledgements || pending > 0) {
    wrong.push(
      `the ledger does not balance: ${JSON.stringify({ acknowledgements, applied, repeated, dead, pending })}`,
    );
  }
  return wrong;
}

async function deadLetters(pool: pg.Pool, shop: string): Promise<string[]> {
  const { rows } = await pool.query<{ topic: string; reason: string; detail: string }>(
    "SELECT topic, reason, detail FROM dead_letter WHERE shop = $1",
    [shop],
  );
  return rows.map(({ topic, reason, detail }) => `dead: ${topic} ${reason} ${detail}`);
}

/** Every event that is told counts once: none twice, none under a name of its own for the same change. */
async function doubled(pool: pg.Pool, shop: string, workspace: Workspace): Promise<string[]> {
  const wrong: string[] = [];
  const { rows } = await pool.query<{ id: string }>(
    `SELECT o.event_id AS id FROM outbox o JOIN shop s ON s.id = o.shop_id
     WHERE s.domain = $1 AND o.kind = 'event' AND o.state = 'told'`,
    [shop],
  );
  const told = new Set(rows.map(({ id }) => id));
  const counted = new Set(workspace.events.map(({ id }) => id));
  if (counted.has(null)) wrong.push("an event came without an id");
  if (counted.size !== workspace.events.length) wrong.push("an event counts twice");
  const unknown = workspace.events.filter(({ id }) => id === null || !told.has(id));
  if (unknown.length > 0)
    wrong.push(`${unknown.length} events were told and are not known as told`);
  if (told.size + unknown.length !== counted.size)
    wrong.push("an event is known as told and was not");
  for (const person of workspace.people.values()) {
    let before: string | null = null;
    const changes = person.events
      .filter(({ name }) => name === "sms_consent_changed")
      .toSorted((a, b) => ((a.id ?? "") < (b.id ?? "") ? -1 : 1));
    for (const { data } of changes) {
      const change = JSON.stringify([data["status_before"], data["status"]]);
      if (change === before) wrong.push(`a change of consent is told twice: ${change}`);
      before = change;
    }
  }
  return wrong;
}
