// A Redis for one run (or for one test that wipes or kills it): appending, never evicting, as
// BullMQ wants it, in a directory that goes with it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type Redis = { url: string; port: number; pid: number; stop(): Promise<void> };

const READY = /Ready to accept connections/i;
const ATTEMPTS = 5; // another process may take the port in between

/** Resolves when it accepts connections. Throws with its last words. */
export async function startRedis(binary: string, wantedPort?: number): Promise<Redis> {
  const directory = await mkdtemp(join(tmpdir(), "ringtrue-redis-"));
  let said = "";
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const port = wantedPort ?? (await freePort());
    const child = spawn(binary, settings(port, directory), { stdio: ["ignore", "pipe", "ignore"] });
    const exited = once(child, "exit");
    const lines = createInterface({ input: child.stdout });
    const ready = await Promise.race([
      new Promise<boolean>((resolve) => {
        lines.on("line", (line) => {
          said = line;
          if (READY.test(line)) resolve(true);
        });
      }),
      exited.then(() => false),
    ]);
    if (ready && child.pid !== undefined) {
      return {
        url: `redis://127.0.0.1:${port}`,
        port,
        pid: child.pid,
        stop: async () => {
          child.kill("SIGKILL");
          await exited;
          await rm(directory, { recursive: true, force: true });
        },
      };
    }
  }
  throw new Error(`redis-server does not start: ${said}`);
}

function settings(port: number, directory: string): string[] {
  return [
    ...["--port", String(port), "--bind", "127.0.0.1", "--dir", directory],
    ...["--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"],
  ];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
