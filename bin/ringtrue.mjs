#!/usr/bin/env node
// The operator's command: `npx ringtrue …` in this directory. Makes the clone ready when it is not
// (in words on the standard error only), then runs the command on the pinned Node.
import { ensureInstalled } from "../scripts/bootstrap/install.mjs";
import { ensurePrismaClient } from "../scripts/bootstrap/prisma-client.mjs";
import { runPinned } from "../scripts/bootstrap/run.mjs";

try {
  await ensureInstalled();
  await ensurePrismaClient();
  process.exitCode = await runPinned("app/cli.ts", process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
