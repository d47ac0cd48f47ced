/**
 * The way back of dead letters: an incoming message returns to what merge still has to do, an
 * outgoing item to what delivery still has to tell. Page by page, each in one transaction; a letter
 * that comes back to the same end is the same letter, dead again. The sweeper finds what was replayed.
 */
import type pg from "pg";
import { laneOf } from "#app/core/topics.ts";
import { reviveFeedback } from "./feedback.ts";
import type { Letter, LetterFilter } from "./letters.ts";
import { listLetters, loadLetters } from "./letters.ts";
import type { Queryable } from "./queryable.ts";
import { BEGIN_WORK } from "./work-transaction.ts";

export type Refusal = {
  id: number;
  /** Continues "cannot be replayed:". */
  why: string;
};

export type Replayed = {
  replayed: number[];
  refused: Refusal[];
  /** Of the replayed, those too old to trigger anything in Customer.io: they are told for the record. */
  late: number[];
};

export type Selection = { ids: readonly number[] } | { filter: LetterFilter };

const AT_ONCE = 500;
/** An operator who was told "replayed" must find it so after a crash, too. */
const BEGIN = `${BEGIN_WORK}; SET LOCAL synchronous_commit = on`;

/**
 * Replays the named letters, or all open ones that match. What was replayed meanwhile, or cannot be,
 * is refused with its reason and stays as it was.
 */
export async function replayLetters(
  pool: pg.Pool,
  shop: { id: number; domain: string },
  selection: Selection,
  now: Date,
): Promise<Replayed> {
  const all: Replayed = { replayed: [], refused: [], late: [] };
  let before: number | undefined;
  if ("ids" in selection) {
    for (let from = 0; from < selection.ids.length; from += AT_ONCE) {
      const ids = selection.ids.slice(from, from + AT_ONCE);
      const letters = await loadLetters(pool, shop, ids, now);
      for (const id of ids) {
        if (!letters.has(id)) all.refused.push({ id, why: "there is no such dead letter" });
      }
      await replayPage(pool, shop, [...letters.values()], all);
    }
  } else {
    for (;;) {
      const page = { ...selection.filter, open: true, limit: AT_ONCE, before };
      const letters = await listLetters(pool, shop, page, now);
      const [oldest] = letters;
      if (!oldest) break;
      await replayPage(pool, shop, letters, all);
      before = oldest.id;
    }
  }
  all.replayed.sort((a, b) => a - b);
  all.refused.sort((a, b) => a.id - b.id);
  all.late.sort((a, b) => a - b);
  return all;
}

async function replayPage(
  pool: pg.Pool,
  shop: { id: number; domain: string },
  letters: readonly Letter[],
  all: Replayed,
): Promise<void> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query(BEGIN);
    const able = letters.filter(({ cannotReplay }) => cannotReplay === null);
    const back = new Set([
      ...(await replayMessages(client, shop.domain, able)),
      ...(await replayItems(client, shop.id, able)),
      ...(await replayPeople(client, shop.id, able)),
      ...(await replayFeedback(client, shop.id, able)),
    ]);
    await client.query(
      "UPDATE dead_letter SET replayed_at = now() WHERE shop = $1 AND id = ANY($2::bigint[])",
      [shop.domain, [...back]],
    );
    await client.query("COMMIT");
    broken = false;
    for (const { id, cannotReplay, late } of letters) {
      if (back.has(id)) {
        all.replayed.push(id);
        if (late) all.late.push(id);
      } else all.refused.push({ id, why: cannotReplay ?? "it is gone by now" });
    }
  } finally {
    client.release(broken);
  }
}

async function replayMessages(
  client: Queryable,
  domain: string,
  letters: readonly Letter[],
): Promise<number[]> {
  const messages = letters.filter(({ kind }) => kind === "inbox");
  if (messages.length === 0) return [];
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO pending (shop, lane, id, size)
     SELECT $1, back.lane, m.id, octet_length(m.body)
     FROM unnest($2::bigint[], $3::smallint[]) AS back (id, lane)
     JOIN message m ON m.shop = $1 AND m.id = back.id
     ON CONFLICT (shop, lane, id) DO UPDATE SET size = excluded.size
     RETURNING id`,
    [
      domain,
      messages.map(({ reference }) => reference),
      messages.map(({ topic }) => laneOf(topic)),
    ],
  );
  return lettersOf(messages, rows);
}

async function replayItems(
  client: Queryable,
  shopId: number,
  letters: readonly Letter[],
): Promise<number[]> {
  const items = letters.filter(({ reference }) => reference.startsWith("item:"));
  if (items.length === 0) return [];
  const { rows } = await client.query<{ id: number }>(
    `UPDATE outbox SET state = 'pending', settled_at = NULL
     WHERE shop_id = $1 AND id = ANY($2::bigint[]) AND state IN ('dead', 'pending') RETURNING id`,
    [shopId, items.map(idIn)],
  );
  return lettersOf(items, rows);
}

/** A new version has the person told again, as it is by now. */
async function replayPeople(
  client: Queryable,
  shopId: number,
  letters: readonly Letter[],
): Promise<number[]> {
  const people = letters.filter(({ reference }) => reference.startsWith("person:"));
  if (people.length === 0) return [];
  const { rows } = await client.query<{ id: number }>(
    `UPDATE person SET version = version + 1, changed_at = now()
     WHERE shop_id = $1 AND id = ANY($2::bigint[]) AND (address IS NOT NULL OR told IS NOT NULL)
     RETURNING id`,
    [shopId, people.map(idIn)],
  );
  return lettersOf(people, rows);
}

async function replayFeedback(
  client: Queryable,
  shopId: number,
  letters: readonly Letter[],
): Promise<number[]> {
  const stops = letters.filter(({ reference }) => reference.startsWith("feedback:"));
  if (stops.length === 0) return [];
  return lettersOf(stops, await reviveFeedback(client, shopId, stops.map(idIn)));
}

/** The letters whose message, item or person is among the rows. */
function lettersOf(letters: readonly Letter[], rows: readonly { id: number }[]): number[] {
  const there = new Set(rows.map(({ id }) => id));
  return letters.filter((letter) => there.has(idIn(letter))).map(({ id }) => id);
}

/** Of the message, the item, the person or the feedback that the letter is about. */
function idIn({ kind, reference }: Letter): number {
  return Number(kind === "inbox" ? reference : reference.split(":")[1]);
}
