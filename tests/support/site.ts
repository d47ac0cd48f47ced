// A small installation as an operator would run it: one web process, one worker process, each
// started again whenever it is gone. Either can be started alone.
import { setTimeout as pause } from "node:timers/promises";
import { startAppProcess, type AppProcess } from "./app-process.ts";
import { ENCRYPTION_KEY, SECRET } from "./connected-shop.ts";

export type SiteOptions = {
  databaseUrl: string;
  redisUrl: string | null;
  trackUrl: string;
  port: number;
};

export type Kept = {
  /** Resolves once the process that runs now listens or works. */
  ready(): Promise<void>;
  /** SIGKILL; another one is started at once. */
  kill(): Promise<void>;
  /** How often a process ended that was ready and that nobody killed. One that can't start may end. */
  fell(): number;
  lastWords(): string;
  /** SIGTERM, and no other one is started. Answers the exit code. */
  stop(): Promise<number | null>;
};

export type Site = { url: string; web: Kept; worker: Kept; stop(): Promise<void> };

const START_AGAIN_MS = 100;

export function startSite(options: SiteOptions): Site {
  const web = startWeb(options);
  const worker = startWorker(options);
  return {
    url: siteUrl(options),
    web,
    worker,
    async stop() {
      await Promise.all([web.stop(), worker.stop()]);
    },
  };
}

export function siteUrl({ port }: SiteOptions): string {
  return `http://127.0.0.1:${port}`;
}

export function startWeb(options: SiteOptions): Kept {
  return keepRunning({ ...environmentOf(options), RINGTRUE_ROLE: "web" });
}

export function startWorker(options: SiteOptions): Kept {
  return keepRunning({ ...environmentOf(options), RINGTRUE_ROLE: "worker" });
}

function environmentOf({ databaseUrl, redisUrl, trackUrl, port }: SiteOptions) {
  return {
    DATABASE_URL: databaseUrl,
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
    CUSTOMERIO_TRACK_URL: trackUrl,
    SHOPIFY_API_SECRET: SECRET,
    ENCRYPTION_KEY,
    HOST: "127.0.0.1",
    PORT: String(port),
    RINGTRUE_DATA_DIR: "/nonexistent",
  };
}

function wasReady({ ready }: AppProcess): Promise<boolean> {
  return ready.then(
    () => true,
    () => false,
  );
}

function keepRunning(env: Readonly<Record<string, string>>): Kept {
  let current: AppProcess = startAppProcess(env);
  let killed: AppProcess | null = null;
  let isWanted = true;
  let fell = 0;
  let last = "";
  const keeping = keep();

  async function keep(): Promise<void> {
    while (isWanted) {
      const process = current;
      await process.exited;
      if (!isWanted) return;
      if (killed !== process) {
        if (await wasReady(process)) {
          fell += 1;
          last = process.lastWords();
        }
        await pause(START_AGAIN_MS);
      }
      if (isWanted) current = startAppProcess(env);
    }
  }

  return {
    ready: () => current.ready,
    async kill() {
      killed = current;
      await current.kill();
    },
    fell: () => fell,
    lastWords: () => `${last}\n${current.lastWords()}`,
    async stop() {
      isWanted = false;
      const code = await current.stop();
      await keeping;
      return code;
    },
  };
}
