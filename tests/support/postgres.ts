// A PostgreSQL for one run, in a directory of its own that goes with it.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedDatabase } from "#app/db/embedded.ts";
import { silentLog } from "./silent-log.ts";

export type TestPostgres = {
  url: string;
  /** Where it keeps its data: `<dataDir>/postgres/postmaster.pid` names its process. */
  dataDir: string;
  stop(): Promise<void>;
};

/** For a test that kills or restarts its database; the others use testDatabase(). */
export async function startTestPostgres(): Promise<TestPostgres> {
  const directory = await mkdtemp(join(tmpdir(), "ringtrue-test-"));
  await chmod(directory, 0o711);
  const dataDir = join(directory, "data");
  const database = await startEmbeddedDatabase({ dataDir, log: silentLog });
  return {
    url: database.url,
    dataDir,
    stop: async () => {
      await database.stop({ evenIfUsed: true });
      await rm(directory, { recursive: true, force: true });
    },
  };
}
