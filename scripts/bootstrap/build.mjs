// The production build of the pages: made when something it is made from has changed.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { MODULES, PINNED_NODE, ROOT, pinnedEnvironment, step } from "./run.mjs";
import { digestOf, isStamped, writeStamp } from "./stamp.mjs";

const STAMP = join(ROOT, "build", ".stamp");
const SOURCES = ["app", "public", "vite.config.ts", "remix.config.js", "package-lock.json"];

export async function ensureBuild({ always }) {
  if (!existsSync(join(ROOT, "vite.config.ts"))) return;
  const digest = digestOf(SOURCES, (path) => !/\.test\.tsx?$/.test(path));
  const server = join(ROOT, "build", "server", "index.js");
  if (!always && existsSync(server) && isStamped(STAMP, digest)) return;
  const cli = join(MODULES, "@remix-run", "dev", "dist", "cli.js");
  const environment = { ...pinnedEnvironment(), NODE_ENV: "production" };
  await step("building the pages", PINNED_NODE, [cli, "vite:build"], environment);
  writeStamp(STAMP, digest);
}
