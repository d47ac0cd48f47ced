/**
 * The database for the time of one command: the given one, or the embedded one, which is left as it
 * was found, running or not.
 */
import type { Log } from "#app/platform/log.ts";

export type BorrowedDatabase = { url: string; giveBack(): Promise<void> };

export async function borrowDatabase(options: {
  databaseUrl: string | null;
  dataDir: string;
  log: Log;
}): Promise<BorrowedDatabase> {
  const { databaseUrl, dataDir, log } = options;
  if (databaseUrl !== null) return { url: databaseUrl, giveBack: async () => {} };
  const { startEmbeddedDatabase } = await import("./embedded.ts");
  const { ask } = await import("./embedded/ask.ts");
  const { clusterOf } = await import("./embedded/cluster.ts");
  const found = await ask(clusterOf(dataDir));
  const embedded = await startEmbeddedDatabase({ dataDir, log });
  return {
    url: embedded.url,
    async giveBack() {
      if (found.state === "absent") await embedded.stop();
    },
  };
}
