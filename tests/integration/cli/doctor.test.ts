// The doctor finds what is wrong, says what helps, and changes nothing.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CliBench, DOMAIN, startCliBench, KEYS } from "../../support/cli-bench.ts";

let bench: CliBench;

beforeAll(async () => {
  bench = await startCliBench();
});
beforeEach(() => bench.clear());
afterAll(() => bench.close());

describe("doctor", () => {
  let host: Server;
  let origin: string;

  beforeAll(async () => {
    host = createServer((_request, response) => response.writeHead(401).end());
    await once(host.listen(0, "127.0.0.1"), "listening");
    origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await once(host.close(), "close");
  });

  async function examine(environment: Record<string, string>) {
    const { code, out } = await bench.run(["doctor", "--json"], environment);
    const checks: { name: string; state: string; remedy: string | null }[] = JSON.parse(out).checks;
    return { code, checks, wrong: checks.filter(({ state }) => state === "wrong") };
  }

  test("all is well when everything answers", async () => {
    await bench.ask("shop", "add", DOMAIN, ...KEYS);
    const { code, wrong } = await examine({ CUSTOMERIO_TRACK_URL: origin });
    expect({ code, wrong }).toEqual({ code: 0, wrong: [] });
  });

  test("what is wrong is named with a remedy", async () => {
    await bench.ask("shop", "add", DOMAIN, ...KEYS);
    const { code, wrong } = await examine({
      CUSTOMERIO_TRACK_URL: "http://127.0.0.1:1",
      REDIS_URL: "redis://127.0.0.1:1",
      ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    });
    expect(code).toBe(1);
    expect(wrong.map(({ name }) => name)).toEqual(["queue", "stored keys", "reach 127.0.0.1:1"]);
    expect(wrong.every(({ remedy }) => remedy)).toBe(true);
  });

  test("a database that is away, or a variable that is wrong, is a finding and not a fault", async () => {
    const away = await examine({
      CUSTOMERIO_TRACK_URL: origin,
      DATABASE_URL: "postgres://127.0.0.1:1/x",
    });
    expect(away.wrong.map(({ name }) => name)).toEqual(["database", "queue"]);
    expect((await examine({ PORT: "x" })).wrong.map(({ name }) => name)).toEqual(["variable PORT"]);
  });
});
