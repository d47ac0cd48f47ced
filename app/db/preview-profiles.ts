/**
 * What was found in Customer.io's profiles of the people who would be told for the first time, beside
 * what they would be told.
 */
import type { Attributes } from "#app/core/tell/attributes.ts";
import type { Queryable } from "./queryable.ts";

export type ProfilesLookedAt = {
  /** One profile was found, by its email or by its id. */
  byEmail: number;
  byId: number;
  /** No profile has the address: telling makes one, where the shop's settings let it. */
  notFound: number;
  /** Several profiles have the email. */
  foundTwice: number;
  notLookedAt: number;
};

const WOULD_BE_TOLD_FIRST = `p.shop_id = $1 AND p.merged_into IS NULL AND p.address IS NOT NULL
  AND NOT EXISTS (SELECT FROM told t WHERE t.shop_id = $1 AND t.address = p.address)`;

export async function countLookedAt(client: Queryable, shopId: number): Promise<ProfilesLookedAt> {
  const { rows } = await client.query<ProfilesLookedAt>(
    `SELECT count(*) FILTER (WHERE s.found = 'one' AND p.address LIKE 'email:%')::int AS "byEmail",
            count(*) FILTER (WHERE s.found = 'one' AND p.address LIKE 'id:%')::int AS "byId",
            count(*) FILTER (WHERE s.found = 'none')::int AS "notFound",
            count(*) FILTER (WHERE s.found = 'many')::int AS "foundTwice",
            count(*) FILTER (WHERE s.found IS NULL)::int AS "notLookedAt"
     FROM person p LEFT JOIN profile_seen s ON s.shop_id = p.shop_id AND s.address = p.address
     WHERE ${WOULD_BE_TOLD_FIRST}`,
    [shopId],
  );
  const row = rows[0];
  if (!row) throw new Error("counting answered nothing");
  return row;
}

export type ProfileBeside = { address: string; told: Attributes; there: Attributes };

const PAGE = 1_000;

/** Every profile that was found, page by page: what would be told, and what stands there. */
export async function* profilesBeside(
  client: Queryable,
  shopId: number,
): AsyncGenerator<ProfileBeside> {
  let after = "";
  for (;;) {
    const { rows } = await client.query<ProfileBeside>({
      name: "profiles-beside",
      text: `
        SELECT s.address, d.attributes AS told, s.had AS there
        FROM profile_seen s
        JOIN person p ON p.shop_id = s.shop_id AND p.address = s.address
        JOIN profile d ON d.shop_id = p.shop_id AND d.person_id = p.id
        WHERE s.shop_id = $1 AND s.address > $2 AND s.found = 'one' AND ${WOULD_BE_TOLD_FIRST}
        ORDER BY s.address LIMIT ${PAGE}`,
      values: [shopId, after],
    });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.address;
  }
}
