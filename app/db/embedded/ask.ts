// Asking the embedded server whether it is there. "Starting" is an answer too: recovery after a
// kill takes as long as it takes.
import { realpathSync } from "node:fs";
import pg from "pg";
import { readPassword, readPostmaster, USER, type Cluster } from "./cluster.ts";

export type Answer =
  | { state: "ready"; pid: number; port: number; password: string }
  | { state: "starting" }
  | { state: "absent" };

const STARTING = "57P03"; // cannot_connect_now
const CONNECT_TIMEOUT_MS = 2_000;

export function addressOf(port: number, password: string, database: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Never throws for a server that is absent, foreign or not ready. */
export async function ask(cluster: Cluster): Promise<Answer> {
  const postmaster = await readPostmaster(cluster);
  if (postmaster === null) return { state: "absent" };
  const password = await readPassword(cluster);
  try {
    const address = addressOf(postmaster.port, password, "postgres");
    const ours = await withClient(address, (client) => serves(client, cluster));
    return ours ? { state: "ready", ...postmaster, password } : { state: "absent" };
  } catch (error) {
    return { state: isStarting(error) ? "starting" : "absent" };
  }
}

/** Opens a connection for the time of the work. */
export async function withClient<Result>(
  address: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: address,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "ringtrue embedded",
  });
  // A server that stops while we are connected is noticed by the query, or does not matter.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function serves(client: pg.Client, cluster: Cluster): Promise<boolean> {
  const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
  const served = rows[0]?.data_directory;
  return served !== undefined && realpathSync(served) === realpathSync(cluster.directory);
}

function isStarting(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === STARTING;
}
