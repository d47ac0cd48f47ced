/** What no retry will fix: kept with its reason, by what it refers to, replayable. */
import type { Queryable } from "./queryable.ts";

export type DeadLetter = {
  kind: "inbox" | "outbox";
  /** The message's id, or the outgoing item's. */
  reference: string;
  topic: string;
  reason: string;
  detail: string;
  /** What is not kept anywhere else. */
  content?: Buffer;
};

export async function bury(
  client: Queryable,
  shop: string,
  letters: readonly DeadLetter[],
): Promise<void> {
  if (letters.length === 0) return;
  await client.query(
    `INSERT INTO dead_letter (shop, kind, reference, topic, reason, detail, content)
     SELECT $1, kind, reference, topic, reason, detail, content
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[])
       AS dead (kind, reference, topic, reason, detail, content)
     ON CONFLICT (shop, kind, reference) DO UPDATE SET
       reason = excluded.reason, detail = excluded.detail, replayed_at = NULL, created_at = now(),
       times = dead_letter.times + 1`,
    [
      shop,
      letters.map((letter) => letter.kind),
      letters.map((letter) => letter.reference),
      letters.map((letter) => letter.topic),
      letters.map((letter) => letter.reason),
      letters.map((letter) => letter.detail.slice(0, 500)),
      letters.map((letter) => letter.content ?? null),
    ],
  );
  await client.query(
    `INSERT INTO shop_day (shop_id, day, name, count)
     SELECT id, (now() AT TIME ZONE 'UTC')::date, 'dead_letters', $2 FROM shop WHERE domain = $1
     ON CONFLICT (shop_id, day, name) DO UPDATE SET count = shop_day.count + excluded.count`,
    [shop, letters.length],
  );
}
