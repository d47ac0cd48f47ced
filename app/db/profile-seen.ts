/**
 * What stood in Customer.io's profiles before Ringtrue told them anything. It is somebody's data, kept
 * for the preview and for putting back: only values under this shop's own attribute names, erased
 * with the shopper, with the shop, and thirty days after going live.
 */
import type { Attributes } from "#app/core/tell/attributes.ts";
import type { Queryable } from "./queryable.ts";

export type Found = "none" | "one" | "many";

export type ToLookAt = { id: number; address: string | null; changedAt: Date; isNew: boolean };

/** A place in the list of people not told yet; the newest change comes first. */
export type Place = { urgent: boolean; changedAt: Date; id: number };

/** A shorter page is the last one. */
export const PAGE = 500;

/**
 * People who were not told yet, `place` and what is newer left out, with changes after `after` only.
 * `isNew`: nobody looked at their address since `fresh`, and it was never told. The list is delivery's own work list,
 * read from its end.
 */
export async function pageToLookAt(
  client: Queryable,
  shopId: number,
  { place, after, fresh }: { place: Place; after: Date; fresh: Date },
): Promise<ToLookAt[]> {
  const { rows } = await client.query<ToLookAt>({
    name: "page-to-look-at",
    text: `
      SELECT page.id, page.address, page.changed_at AS "changedAt",
             page.address IS NOT NULL
               AND NOT EXISTS (SELECT FROM told t WHERE t.shop_id = $1 AND t.address = page.address)
               AND NOT EXISTS (SELECT FROM profile_seen s
                               WHERE s.shop_id = $1 AND s.address = page.address AND s.seen_at >= $6) AS "isNew"
      FROM (
        SELECT id, address, changed_at FROM person
        WHERE shop_id = $1 AND version <> told_version AND (address IS NOT NULL OR told IS NOT NULL)
          AND urgent = $2 AND (changed_at, id) < ($3, $4) AND changed_at > $5
        ORDER BY changed_at DESC, id DESC LIMIT ${PAGE}
      ) page
      ORDER BY page.changed_at DESC, page.id DESC`,
    values: [shopId, place.urgent, place.changedAt, place.id, after, fresh],
  });
  return rows;
}

export type ProfileSeen = {
  personId: number;
  address: string;
  found: Found;
  cioId: string | null;
  had: Attributes;
};

/**
 * Keeps what was found, unless the person was erased or has another address by now, or may have been told
 * meanwhile: then it is perhaps our own word that was read. (What is told is written down before it
 * is sent.)
 */
export async function saveSeen(
  client: Queryable,
  shopId: number,
  { personId, address, found, cioId, had }: ProfileSeen,
): Promise<void> {
  await client.query({
    name: "save-seen",
    text: `
      INSERT INTO profile_seen (shop_id, address, person_id, found, cio_id, had)
      SELECT $1, $2, p.id, $4, $5, $6::json
      FROM (SELECT id FROM person WHERE shop_id = $1 AND id = $3 AND address = $2 FOR SHARE) p
      WHERE NOT EXISTS (SELECT FROM told t WHERE t.shop_id = $1 AND t.address = $2)
      ON CONFLICT (shop_id, address) DO UPDATE SET
        person_id = excluded.person_id, found = excluded.found, cio_id = excluded.cio_id,
        had = excluded.had, seen_at = now()`,
    values: [shopId, address, personId, found, cioId, JSON.stringify(had)],
  });
}

const EXPIRE_AT_ONCE = 5_000;

/** Thirty days after a shop went live there is no way back, and nothing left to keep. */
export const PUT_BACK_DAYS = 30;
/** Of a shop that does not write (any more), what is older is too old to be put back. */
const LOOKED_AT_DAYS = 60;

/** At most 5,000 of each shop, and 5,000 old ones, in one call. */
export async function expireSeen(client: Queryable): Promise<number> {
  const { rowCount } = await client.query(
    `DELETE FROM profile_seen USING (
       SELECT seen.* FROM shop s CROSS JOIN LATERAL (
         SELECT shop_id, address FROM profile_seen WHERE shop_id = s.id ORDER BY address LIMIT ${EXPIRE_AT_ONCE}
       ) seen WHERE s.live_since < now() - interval '${PUT_BACK_DAYS} days'
       UNION
       (SELECT shop_id, address FROM profile_seen
        WHERE seen_at < now() - interval '${LOOKED_AT_DAYS} days' ORDER BY seen_at LIMIT ${EXPIRE_AT_ONCE})
     ) old
     WHERE profile_seen.shop_id = old.shop_id AND profile_seen.address = old.address`,
  );
  return rowCount ?? 0;
}
