/** Starts the app as its own process, as it runs anywhere, and connects the demo's shop to it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

type Environment = Record<string, string>;

export type RunningApp = { stop(): Promise<void> };

const READY_IN_MS = 30_000;

export async function startApp(environment: Environment, url: string): Promise<RunningApp> {
  const child = spawn(process.execPath, ["app/main.ts"], {
    env: { ...process.env, ...environment, LOG_LEVEL: process.env["LOG_LEVEL"] ?? "warn" },
    stdio: ["ignore", process.stderr, process.stderr],
  });
  const exited = once(child, "exit");
  const deadline = Date.now() + READY_IN_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error("the app did not start");
    await pause(100);
  }
  return {
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    // Not listening yet: that is what is being waited for.
    return false;
  }
}

/** Connects the shop as an operator would: with the `ringtrue` command. */
export async function addShop(
  environment: Environment,
  shop: string,
  workspace: { siteId: string; apiKey: string; appKey: string },
  hooks: { signingKey: string; authToken: string },
  settings: object,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ringtrue-demo-"));
  try {
    const file = join(folder, "settings.json");
    await writeFile(file, JSON.stringify(settings));
    const command = [
      "app/cli.ts",
      "shop",
      "add",
      shop,
      "--cio-site-id",
      workspace.siteId,
      "--cio-api-key",
      workspace.apiKey,
      "--cio-app-key",
      workspace.appKey,
      "--cio-signing-key",
      hooks.signingKey,
      "--twilio-auth-token",
      hooks.authToken,
      "--settings",
      file,
    ];
    const child = spawn(process.execPath, command, {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error("the shop could not be added");
  } finally {
    await rm(folder, { recursive: true });
  }
}
