/** Which shops write to one workspace: found by the workspace's own number, whatever keys they have. */
import { readSettings } from "#app/core/settings/schema.ts";
import type { Neighbour } from "#app/core/settings/shared-workspace.ts";
import type { Queryable } from "./queryable.ts";

export async function noteEnvironment(
  client: Queryable,
  shopId: number,
  environment: string | null,
): Promise<void> {
  await client.query("UPDATE shop SET environment_id = $2 WHERE id = $1", [shopId, environment]);
}

/** Null while it is not known. */
export async function loadEnvironment(client: Queryable, shopId: number): Promise<string | null> {
  const { rows } = await client.query<{ environment: string | null }>(
    "SELECT environment_id AS environment FROM shop WHERE id = $1",
    [shopId],
  );
  return rows[0]?.environment ?? null;
}

/** Other shops that write, or may write, to this workspace. */
export async function findNeighbours(
  client: Queryable,
  domain: string,
  environment: string,
): Promise<Neighbour[]> {
  const { rows } = await client.query<{ domain: string; settings: unknown }>(
    `SELECT domain, settings FROM shop
     WHERE environment_id = $2 AND domain <> $1 AND mode <> 'observe'
       AND credentials IS NOT NULL AND uninstalled_at IS NULL ORDER BY domain`,
    [domain.toLowerCase(), environment],
  );
  return rows.map(({ domain: name, settings }) => {
    const reading = readSettings(settings);
    if (!reading.ok) throw new Error(`the stored settings of ${name} are not valid`);
    return { domain: name, settings: reading.settings };
  });
}

/** The shops of each workspace that has more than one. */
export async function listShared(client: Queryable): Promise<string[][]> {
  const { rows } = await client.query<{ domains: string[] }>(
    `SELECT array_agg(domain ORDER BY domain) AS domains FROM shop
     WHERE environment_id IS NOT NULL AND credentials IS NOT NULL AND uninstalled_at IS NULL
     GROUP BY environment_id HAVING count(*) > 1 ORDER BY 1`,
  );
  return rows.map(({ domains }) => domains);
}
