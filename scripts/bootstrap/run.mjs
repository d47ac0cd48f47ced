// Running programs: steps of the bootstrap, whose output goes to the standard error, and the
// command itself, which gets our streams, our signals and our exit code.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const MODULES = join(ROOT, "node_modules");
export const PINNED_NODE = join(MODULES, "node", "bin", "node");

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** The environment in which `node` and every installed tool are the pinned ones. */
export function pinnedEnvironment(environment = process.env) {
  const path = [join(MODULES, ".bin"), environment.PATH ?? ""].join(delimiter);
  return { ...environment, PATH: path };
}

/** Says what happens and does it; throws when it fails. */
export async function step(saying, file, args, environment = process.env) {
  console.error(`ringtrue: ${saying}`);
  const child = spawn(file, args, {
    cwd: ROOT,
    env: environment,
    stdio: ["ignore", process.stderr, process.stderr],
  });
  const code = await exitCodeOf(child);
  if (code !== 0) throw new Error(`ringtrue: ${saying}: failed (${[file, ...args].join(" ")})`);
}

/** Runs a program of this repository on the pinned Node and answers its exit code. */
export async function runPinned(program, args, environment = process.env) {
  const child = spawn(PINNED_NODE, [join(ROOT, program), ...args], {
    env: pinnedEnvironment(environment),
    stdio: "inherit",
  });
  const forward = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  try {
    return await exitCodeOf(child);
  } finally {
    for (const signal of SIGNALS) process.off(signal, forward);
  }
}

function exitCodeOf(child) {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
