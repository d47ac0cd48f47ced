// The app as an operator runs it: `node app/main.ts` with a role, as a process of its own that can be
// asked to leave, or killed without being asked.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../app/main.ts", import.meta.url));
const HOUSE = fileURLToPath(new URL("../../", import.meta.url));
const READY = /"msg":"(listening|working)"/;
const LAST_LINES = 40;

export type AppProcess = {
  pid: number;
  /** Resolves when it listens or works; rejects with its last words when it ended before. */
  ready: Promise<void>;
  /** The exit code, null after a signal. */
  exited: Promise<number | null>;
  isRunning(): boolean;
  /** The last lines it logged, for the message of a test that failed. */
  lastWords(): string;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
};

/** `env` is all that the process gets besides the PATH. */
export function startAppProcess(env: Readonly<Record<string, string>>): AppProcess {
  const child = spawn(process.execPath, [MAIN], {
    cwd: HOUSE,
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "test",
      LOG_LEVEL: "info",
      LOG_FORMAT: "json",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A test that is given up must not leave it behind.
  const killWithUs = (): void => void child.kill("SIGKILL");
  process.once("exit", killWithUs);
  const lines: string[] = [];
  let running = true;
  const exited = once(child, "exit").then(() => {
    running = false;
    process.off("exit", killWithUs);
    return child.exitCode;
  });
  const ready = new Promise<void>((resolve, reject) => {
    read(child, (line) => {
      lines.push(line);
      if (lines.length > LAST_LINES) lines.shift();
      if (READY.test(line)) resolve();
    });
    void exited.then((code) => reject(new Error(`ended with ${code}: ${lines.join("\n")}`)));
  });
  // Who does not wait for it is not told that it never was.
  ready.catch(() => undefined);

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    if (running) child.kill(signal);
    return exited;
  }
  return {
    pid: child.pid ?? 0,
    ready,
    exited,
    isRunning: () => running,
    lastWords: () => lines.join("\n"),
    async kill() {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
  };
}

function read(child: ChildProcess, take: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", take);
  }
}

/** A port nobody listens on now, so that a process that is started again has the same address. */
export async function choosePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
