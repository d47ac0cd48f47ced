// The Prisma client: generated when the schema has changed.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { MODULES, PINNED_NODE, pinnedEnvironment, step } from "./run.mjs";
import { digestOf, isStamped, writeStamp } from "./stamp.mjs";

const STAMP = join(MODULES, ".ringtrue", "prisma-client");
const SOURCES = ["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"];

export async function ensurePrismaClient() {
  const digest = digestOf(SOURCES);
  if (existsSync(join(MODULES, ".prisma/client/default.js")) && isStamped(STAMP, digest)) return;
  const environment = {
    ...pinnedEnvironment(),
    // Nothing is connected to, but without an address Prisma would go and look for its engines.
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    PRISMA_GENERATE_SKIP_AUTOINSTALL: "1",
  };
  const cli = join(MODULES, "prisma", "build", "index.js");
  await step(
    "generating the Prisma client",
    PINNED_NODE,
    [cli, "generate", "--no-hints"],
    environment,
  );
  writeStamp(STAMP, digest);
}
