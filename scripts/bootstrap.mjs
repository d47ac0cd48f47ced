#!/usr/bin/env node
// What stands behind every npm script: makes a fresh clone ready, then runs the command on the
// pinned Node. Only Node's built-in modules, and nothing newer than Node 20 knows; all its own
// words go to the standard error, as the standard output belongs to the command.
//
//   node scripts/bootstrap.mjs demo|test|soak|validate|bench|mutation|build|dev-server|start [arguments…]
import { ensureBuild } from "./bootstrap/build.mjs";
import { ensureInstalled } from "./bootstrap/install.mjs";
import { ensurePrismaClient } from "./bootstrap/prisma-client.mjs";
import { runPinned } from "./bootstrap/run.mjs";
import { ensureTools } from "./bootstrap/tools.mjs";

/** What each command needs, and what it runs (nothing: the preparation was all). */
const COMMANDS = {
  demo: { build: "when changed", tools: false, program: "scripts/demo.ts" },
  test: { build: "when changed", tools: true, program: "scripts/test.ts" },
  soak: { build: "when changed", tools: true, program: "scripts/soak.ts" },
  validate: { build: "no", tools: false, program: "scripts/validate.ts" },
  bench: { build: "when changed", tools: true, program: "scripts/bench.ts" },
  mutation: { build: "no", tools: false, program: "scripts/mutation.ts" },
  build: { build: "always", tools: false, program: null },
  "dev-server": { build: "when changed", tools: false, program: "app/main.ts" },
  start: {
    build: "when changed",
    tools: false,
    program: "app/main.ts",
    environment: { NODE_ENV: "production" },
  },
};

async function main([name = "", ...args]) {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : null;
  if (command === null) {
    console.error(`usage: node scripts/bootstrap.mjs ${Object.keys(COMMANDS).join("|")}`);
    return 2;
  }
  await ensureInstalled();
  await ensurePrismaClient();
  if (command.build !== "no") await ensureBuild({ always: command.build === "always" });
  const tools = command.tools ? await ensureTools() : {};
  if (command.program === null) return 0;
  return await runPinned(command.program, args, {
    ...command.environment,
    ...process.env,
    ...tools,
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
