/** The sealed keys of a shop, for those who need nothing else of it. */
import type { Queryable } from "./queryable.ts";

/** Null for a shop that is not installed, or not connected. */
export async function loadCredentials(client: Queryable, domain: string): Promise<string | null> {
  const { rows } = await client.query<{ credentials: string | null }>({
    name: "load-credentials",
    text: "SELECT credentials FROM shop WHERE domain = $1 AND uninstalled_at IS NULL",
    values: [domain],
  });
  return rows[0]?.credentials ?? null;
}
