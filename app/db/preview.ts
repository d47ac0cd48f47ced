/**
 * What Customer.io would be told if a shop went live now, in counts. It reads what Ringtrue knows;
 * what stands in the workspace it cannot know.
 */
import type { Queryable } from "./queryable.ts";

export type Preview = {
  people: {
    /** Never told: a profile is made, or one that is there already is filled. */
    first: number;
    /** Told before, and changed since. */
    again: number;
    /** Profiles from which what Ringtrue wrote is removed. */
    withdrawn: number;
    /** Nothing to tell: told as they are. */
    unchanged: number;
    /** Wait for an email or a customer id. */
    held: number;
    /** Of all who would be told, how many may be texted. */
    eligible: number;
  };
  events: {
    /** Happened while the shop observed: never told. */
    observed: number;
    /** Told as soon as they are due. */
    pending: number;
  };
  /** Numbers for which a stop is known. */
  stopsKnown: number;
};

/** `eligibleName` is the name under which this shop writes `sms_eligible`. */
export async function loadPreview(
  client: Queryable,
  shopId: number,
  eligibleName: string,
): Promise<Preview> {
  const { rows } = await client.query<{
    first: number;
    again: number;
    unchanged: number;
    held: number;
    eligible: number;
    withdrawn: number;
    observed: number;
    pending: number;
    stops: number;
  }>(
    `SELECT p.*, w.*, o.*, s.* FROM
       (SELECT count(*) FILTER (WHERE addressed AND changed AND told IS NULL)::int AS first,
               count(*) FILTER (WHERE addressed AND changed AND told IS NOT NULL)::int AS again,
               count(*) FILTER (WHERE addressed AND NOT changed)::int AS unchanged,
               count(*) FILTER (WHERE held_since IS NOT NULL)::int AS held,
               count(*) FILTER (WHERE addressed AND attributes->>$2 = 'true')::int AS eligible
        FROM (SELECT p.address IS NOT NULL AS addressed, p.version <> p.told_version AS changed, p.told,
                     p.held_since, d.attributes
              FROM person p JOIN profile d ON d.shop_id = p.shop_id AND d.person_id = p.id
              WHERE p.shop_id = $1 AND p.merged_into IS NULL) people) p,
       (SELECT count(*)::int AS withdrawn FROM told t
        JOIN person owner ON owner.shop_id = t.shop_id AND owner.id = t.person_id
        WHERE t.shop_id = $1 AND owner.address IS DISTINCT FROM t.address
          AND NOT EXISTS (SELECT FROM person other WHERE other.shop_id = $1
                            AND other.address = t.address AND other.merged_into IS NULL)) w,
       (SELECT count(*) FILTER (WHERE state = 'observed')::int AS observed,
               count(*) FILTER (WHERE state = 'pending')::int AS pending
        FROM outbox WHERE shop_id = $1) o,
       (SELECT count(DISTINCT digest)::int AS stops FROM consent_entry
        WHERE shop_id = $1 AND kind = 'stop' AND (e164 IS NOT NULL OR salt IS NULL)) s`,
    [shopId, eligibleName],
  );
  const row = rows[0];
  if (!row) throw new Error("counting answered nothing");
  const { first, again, unchanged, held, eligible, withdrawn, observed, pending, stops } = row;
  return {
    people: { first, again, withdrawn, unchanged, held, eligible },
    events: { observed, pending },
    stopsKnown: stops,
  };
}
