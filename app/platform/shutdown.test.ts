import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { createShutdown } from "./shutdown.ts";

const log = pino({ level: "silent" });

describe("shutting down", () => {
  test("what was opened last is closed first, each before the next", async () => {
    const order: string[] = [];
    const shutdown = createShutdown({ log });
    shutdown.add("pool", () => void order.push("pool"));
    shutdown.add("worker", async () => {
      order.push("worker begins");
      await Promise.resolve();
      order.push("worker ends");
    });
    expect(await shutdown.run("SIGTERM")).toBe(0);
    expect(order).toEqual(["worker begins", "worker ends", "pool"]);
    expect(shutdown.signal.aborted).toBe(true);
  });

  test("a closing that fails does not keep the others open, and tells by the exit code", async () => {
    let closed = false;
    const shutdown = createShutdown({ log });
    shutdown.add("pool", () => void (closed = true));
    shutdown.add("worker", () => Promise.reject(new Error("stuck")));
    expect(await shutdown.run("SIGTERM")).toBe(1);
    expect(closed).toBe(true);
  });

  test("asked twice, it closes once", async () => {
    let times = 0;
    const shutdown = createShutdown({ log });
    shutdown.add("pool", () => void (times += 1));
    await Promise.all([shutdown.run("SIGTERM"), shutdown.run("SIGINT")]);
    expect(times).toBe(1);
  });

  test("a closing that never ends is given up", async () => {
    const shutdown = createShutdown({ log, graceMs: 1 });
    shutdown.add("worker", () => new Promise<void>(() => undefined));
    expect(await shutdown.run("SIGTERM")).toBe(1);
  });
});
