/** `ringtrue dead-letters`: what no retry has fixed, and trying it again once the cause is mended. */
import type pg from "pg";
import type { Letter, Replay } from "#app/db/letters.ts";
import { listLetters, loadLetters, replayLetter } from "#app/db/letters.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { forShop } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done, refused } from "./outcome.ts";
import { say, table } from "./table.ts";

const LISTED_MAX = 1_000;
const REPLAYED_AT_ONCE = 500;

export function listDeadLetters(domain: string): Promise<Outcome> {
  return forShop(domain, async ({ pool }, shop) => {
    const letters = await listLetters(pool, shop.domain, { limit: LISTED_MAX, open: false });
    if (letters.length === 0) return done(letters, "There are no dead letters.");
    const notes = letters.length === LISTED_MAX ? [`The oldest ${LISTED_MAX} are shown.`] : [];
    const rows = letters.map((letter) => [
      String(letter.id),
      letter.kind,
      letter.topic,
      letter.reason,
      say(letter.createdAt),
      say(letter.replayedAt),
      letter.detail,
    ]);
    const heading = ["id", "kind", "topic", "reason", "created", "replayed", "detail"];
    return done(letters, table([heading, ...rows]), notes);
  });
}

type Refusal = { id: number; why: string };
type Tally = { replayed: number[]; refused: Refusal[] };

/** Named ids must all be replayable; `null` replays whatever can be. */
export function replayDeadLetters(domain: string, ids: readonly number[] | null): Promise<Outcome> {
  return forShop(domain, async ({ pool }, shop) => {
    const tally = ids === null ? await replayAll(pool, shop) : await replayThese(pool, shop, ids);
    const notes = tally.refused.map(({ id, why }) => `${id} cannot be replayed: ${why}`);
    const failed = tally.refused.length > 0 && (ids !== null || tally.replayed.length === 0);
    if (failed && tally.replayed.length === 0)
      return { ...refused(...notes), result: result(tally) };
    return { code: failed ? 1 : 0, result: result(tally), notes };
  });
}

function result(tally: Tally) {
  const { length } = tally.replayed;
  return { data: tally, text: `${length} replayed, ${tally.refused.length} not` };
}

async function replayThese(
  pool: pg.Pool,
  shop: WorkingShop,
  ids: readonly number[],
): Promise<Tally> {
  const letters = await loadLetters(pool, shop.domain, ids);
  const tally: Tally = { replayed: [], refused: [] };
  for (const id of ids) {
    const letter = letters.get(id);
    if (letter) count(tally, id, await replayOne(pool, shop, letter));
    else tally.refused.push({ id, why: "there is no such dead letter" });
  }
  return tally;
}

/** Letters that cannot be replayed stay open, so the next ones are found behind them. */
async function replayAll(pool: pg.Pool, shop: WorkingShop): Promise<Tally> {
  const tally: Tally = { replayed: [], refused: [] };
  for (;;) {
    const limit = tally.refused.length + REPLAYED_AT_ONCE;
    const seen = new Set(tally.refused.map(({ id }) => id));
    const open = await listLetters(pool, shop.domain, { limit, open: true });
    const letters = open.filter(({ id }) => !seen.has(id) && !tally.replayed.includes(id));
    if (letters.length === 0) return tally;
    for (const letter of letters) count(tally, letter.id, await replayOne(pool, shop, letter));
  }
}

function count(tally: Tally, id: number, outcome: Replay): void {
  if (outcome.ok) tally.replayed.push(id);
  else tally.refused.push({ id, why: outcome.why });
}

async function replayOne(pool: pg.Pool, shop: WorkingShop, letter: Letter): Promise<Replay> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("BEGIN");
    const outcome = await replayLetter(client, shop, letter);
    await client.query("COMMIT");
    broken = false;
    return outcome;
  } finally {
    client.release(broken);
  }
}
