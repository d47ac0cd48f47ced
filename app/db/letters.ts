/**
 * Dead letters as an operator reads them: found by what they are, when they died or whom they
 * concern, page by page from the latest backwards, each with what became of it and whether it can be
 * sent back. Sending them back is app/db/letter-replay.ts.
 */
import { whyNotReplayable } from "#app/core/letters/reasons.ts";
import { isTooOldToTrigger } from "#app/core/tell/late.ts";
import type { Queryable } from "./queryable.ts";

export type Letter = {
  id: number;
  kind: "inbox" | "outbox";
  /** A message's id; `item:` or `feedback:` and an id; `person:`, a person's id and a version. */
  reference: string;
  topic: string;
  reason: string;
  detail: string;
  /** When it died last; `firstAt`, when it died first; `times`, how often. */
  createdAt: Date;
  replayedAt: Date | null;
  firstAt: Date;
  times: number;
  personId: number | null;
  /** When the message came or the event happened; null where what is told is a state, not an event. */
  happenedAt: Date | null;
  /** Replayed now, or when it was, it is too old to trigger anything in Customer.io. */
  late: boolean;
  /** Continues "cannot be replayed:"; null when it can be. */
  cannotReplay: string | null;
};

export type LetterFilter = {
  kind?: "inbox" | "outbox";
  reason?: string;
  topic?: string;
  since?: Date;
  /** Before this moment. */
  until?: Date;
  /** An id in any of its places: the letter's, the message's, the event's, an order's in the content. */
  id?: string;
  /** Those that concern these persons, or whose content has one of these texts. */
  person?: { ids: readonly number[]; texts: readonly string[] };
  /** Only those not replayed since they died. */
  open?: boolean;
};

export type LetterPage = LetterFilter & { limit: number; before?: number | undefined };

type ShopOfLetters = { id: number; domain: string };

/** The latest `limit` letters that match and have a smaller id than `before`, the oldest of them first. */
export async function listLetters(
  client: Queryable,
  shop: ShopOfLetters,
  page: LetterPage,
  now: Date,
): Promise<Letter[]> {
  const values: unknown[] = [shop.domain, shop.id];
  const conditions = conditionsOf(page, values);
  if (page.before !== undefined) conditions.push(`l.id < $${values.push(page.before)}`);
  const { rows } = await client.query<LetterRow>(
    `SELECT ${COLUMNS} ${FROM} WHERE ${["l.shop = $1", ...conditions].join(" AND ")}
     ORDER BY l.id DESC LIMIT ${Math.trunc(page.limit)}`,
    values,
  );
  return rows.reverse().map((row) => letterOf(row, now));
}

/** By their ids; those that are not there are missing. */
export async function loadLetters(
  client: Queryable,
  shop: ShopOfLetters,
  ids: readonly number[],
  now: Date,
): Promise<Map<number, Letter>> {
  const { rows } = await client.query<LetterRow>(
    `SELECT ${COLUMNS} ${FROM} WHERE l.shop = $1 AND l.id = ANY($3::bigint[])`,
    [shop.domain, shop.id, ids],
  );
  return new Map(rows.map((row) => [row.id, letterOf(row, now)]));
}

type LetterRow = Omit<Letter, "late" | "cannotReplay"> & {
  isKept: boolean;
  itemState: string | null;
  isTellable: boolean;
};

const COLUMNS = `l.id, l.kind, l.reference, l.topic, l.reason, l.detail, l.created_at AS "createdAt",
  l.replayed_at AS "replayedAt", l.first_at AS "firstAt", l.times, p.id AS "personId",
  CASE WHEN l.kind = 'inbox' THEN coalesce(m.received_at, l.first_at)
       WHEN o.kind = 'event' THEN o.at END AS "happenedAt",
  m.id IS NOT NULL AS "isKept", coalesce(o.state, f.state) AS "itemState",
  coalesce(p.address IS NOT NULL OR p.told IS NOT NULL, false) AS "isTellable"`;

const FROM = `FROM dead_letter l
  LEFT JOIN message m ON m.shop = l.shop
    AND m.id = CASE WHEN l.kind = 'inbox' THEN l.reference::bigint END
  LEFT JOIN outbox o ON o.shop_id = $2
    AND o.id = CASE WHEN l.reference LIKE 'item:%' THEN split_part(l.reference, ':', 2)::bigint END
  LEFT JOIN feedback f ON f.shop_id = $2
    AND f.id = CASE WHEN l.reference LIKE 'feedback:%' THEN split_part(l.reference, ':', 2)::bigint END
  LEFT JOIN person p ON p.shop_id = $2
    AND p.id = coalesce(o.person_id, f.person_id, CASE WHEN l.reference LIKE 'person:%' THEN split_part(l.reference, ':', 2)::bigint END)`;

function letterOf({ isKept, itemState, isTellable, ...row }: LetterRow, now: Date): Letter {
  const toldAt = row.replayedAt ?? now;
  return {
    ...row,
    late: row.happenedAt !== null && isTooOldToTrigger(row.happenedAt.getTime(), toldAt.getTime()),
    cannotReplay: whyNotReplayable({ ...row, isKept, itemState, isTellable }),
  };
}

/** Adds to `values` what the conditions refer to. */
function conditionsOf(filter: LetterFilter, values: unknown[]): string[] {
  const conditions: string[] = [];
  const equal = (column: string, sign: string, value: unknown): void => {
    if (value !== undefined) conditions.push(`${column} ${sign} $${values.push(value)}`);
  };
  equal("l.kind", "=", filter.kind);
  equal("l.reason", "=", filter.reason);
  equal("l.topic", "=", filter.topic);
  equal("l.created_at", ">=", filter.since);
  equal("l.created_at", "<", filter.until);
  if (filter.open) conditions.push("l.replayed_at IS NULL");
  if (filter.id !== undefined) {
    const id = `$${values.push(filter.id)}`;
    const mention = `$${values.push(mentionOf(filter.id))}`;
    conditions.push(
      `(${id} IN (l.id::text, l.reference, m.webhook_id, m.event_id, o.event_id, o.resource, p.id::text, o.id::text)
        OR ${CONTENT} ~* ${mention})`,
    );
  }
  if (filter.person !== undefined) {
    const ids = `$${values.push(filter.person.ids)}`;
    const mentions = `$${values.push(filter.person.texts.map(mentionOf))}`;
    conditions.push(
      `(p.id = ANY(${ids}::bigint[]) OR (l.kind = 'inbox' AND ${CONTENT} ~* ANY(${mentions}::text[])))`,
    );
  }
  return conditions;
}

/** Whatever its bytes are, text to search in. */
const CONTENT = `coalesce(encode(m.body, 'escape'), '') || coalesce(encode(l.content, 'escape'), '')
  || coalesce(o.body::text, '')`;

/** The text as a word of its own: "42" is no mention of 142. */
function mentionOf(text: string): string {
  const literal = text.replaceAll(/[^\p{L}\p{N}\s]/gu, String.raw`\$&`);
  return `(^|[^[:alnum:]])${literal}([^[:alnum:]]|$)`;
}
