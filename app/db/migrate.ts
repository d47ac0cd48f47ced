// Brings a database to the schema of this version: `prisma migrate deploy` in a process of its own.
// The engine holds an advisory lock meanwhile, so any number of processes may call this at once;
// it gives up the wait after 10 s, hence the second try.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const QUIET = { CHECKPOINT_DISABLE: "1", NO_COLOR: "1", NODE_NO_WARNINGS: "1" };
const LOCK_BUSY = /P1002|advisory lock/i;

/** Done when the schema is the one in `prisma/`. Throws with Prisma's own words otherwise. */
export async function migrateDatabase(url: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { failed, said } = await deploy(url);
    if (!failed) return;
    if (attempt < 3 && LOCK_BUSY.test(said)) continue;
    throw new Error(`the database could not be migrated: ${withoutAddress(said, url)}`);
  }
}

function deploy(url: string): Promise<{ failed: boolean; said: string }> {
  const packageJson = createRequire(import.meta.url).resolve("prisma/package.json");
  const cli = join(dirname(packageJson), "build", "index.js");
  const env = { DATABASE_URL: url, ...QUIET } as unknown as NodeJS.ProcessEnv;
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, "migrate", "deploy"], { cwd: ROOT, env }, (error, out, err) =>
      resolve({ failed: error !== null, said: err.trim() || out.trim() }),
    );
  });
}

/** An address carries a password. */
function withoutAddress(said: string, url: string): string {
  return said.replaceAll(url, "DATABASE_URL");
}
