// The webhook door in front of a real server and a real database: what it lets in, what it keeps,
// and that 200 always means durable.
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openInbox, type Inbox } from "#app/db/inbox.ts";
import type { VisitLimits } from "#app/intake/visits.ts";
import { WEBHOOK_LIMITS } from "#app/intake/webhooks.ts";
import { startWeb, type Web } from "#app/web.ts";
import { silentLog } from "../support/silent-log.ts";
import { testDatabase, type TestDatabase } from "../support/test-database.ts";

const SECRET = "current-secret";
const PREVIOUS = "previous-secret";
const SHOP = "one.myshopify.com";
const MIB = 1024 * 1024;

let database: TestDatabase;
let inbox: Inbox;
let web: Web;
let woken: string[];

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.pool.query("TRUNCATE message, pending, dead_letter");
  woken = [];
  await start();
});
afterEach(stop);
afterAll(() => database.drop());

async function start(limits: Partial<VisitLimits> = {}): Promise<void> {
  inbox = openInbox({ url: database.url });
  web = await startWeb({
    config: {
      host: "127.0.0.1",
      port: 0,
      environment: "test",
      shopify: {
        apiKey: "key",
        apiSecret: SECRET,
        apiSecretPrevious: PREVIOUS,
        appUrl: "http://localhost",
        scopes: [],
      },
    },
    log: silentLog,
    inbox,
    wakeups: {
      wake: (kind, shop, why) => woken.push(`${kind} ${shop} ${why}`),
      counts: () => ({ asked: 0, sent: 0, failed: 0 }),
      close: async () => {},
    },
    isReady: () => Promise.resolve(true),
    limits: { ...WEBHOOK_LIMITS, ...limits },
  });
}

async function stop(): Promise<void> {
  await web.close();
  await inbox.close();
}

async function restart(limits: Partial<VisitLimits>): Promise<void> {
  await stop();
  await start(limits);
}

type Sending = {
  topic?: string;
  path?: string;
  id?: string;
  body?: Buffer | string;
  secret?: string;
  headers?: Record<string, string | null>;
};

function signature(body: Buffer | string, secret = SECRET): string {
  return createHmac("sha256", secret).update(body).digest("base64");
}

function headersOf(sending: Sending): Record<string, string> {
  const { topic = "orders/create", id = randomUUID(), body = "{}", secret = SECRET } = sending;
  const given = {
    "X-Shopify-Topic": topic,
    "X-Shopify-Hmac-Sha256": signature(body, secret),
    "X-Shopify-Shop-Domain": SHOP,
    "X-Shopify-API-Version": "2026-10",
    "X-Shopify-Webhook-Id": id,
    "X-Shopify-Event-Id": "event-1",
    "X-Shopify-Triggered-At": "2026-11-20T10:00:00.123456789Z",
    ...sending.headers,
  };
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

function send(sending: Sending = {}): Promise<Response> {
  const { topic = "orders/create", body = "{}" } = sending;
  return fetch(`${web.url}${sending.path ?? `/webhooks/${topic}`}`, {
    method: "POST",
    headers: headersOf(sending),
    body: typeof body === "string" ? body : new Uint8Array(body),
  });
}

async function statusOf(sending?: Sending): Promise<number> {
  const response = await send(sending);
  await response.arrayBuffer();
  return response.status;
}

/** Sends the body in pieces, and so without saying how long it is. */
async function sendInPieces(sending: Sending, pieces: readonly Buffer[]): Promise<number> {
  const request = httpRequest(`${web.url}/webhooks/orders/create`, {
    method: "POST",
    headers: headersOf(sending),
  });
  const answered = once(request, "response");
  for (const piece of pieces) request.write(piece);
  request.end();
  const [response] = await answered;
  response.resume();
  return response.statusCode;
}

async function rows(): Promise<Record<string, unknown>[]> {
  const result = await database.pool.query(
    "SELECT m.*, p.lane, p.size FROM message m LEFT JOIN pending p USING (shop, id) ORDER BY m.id",
  );
  return result.rows;
}

describe("what is kept", () => {
  test("a signed webhook is acknowledged, and lies in the inbox as it came", async () => {
    expect(await statusOf({ id: "w-1", body: '{"id":706405506930370084}' })).toBe(200);
    expect(await rows()).toEqual([
      expect.objectContaining({
        shop: SHOP,
        topic: "orders/create",
        webhook_id: "w-1",
        event_id: "event-1",
        api_version: "2026-10",
        triggered_at: "2026-11-20T10:00:00.123456789Z",
        body: Buffer.from('{"id":706405506930370084}'),
        lane: 1,
        size: 25,
      }),
    ]);
  });

  test.each([
    ["nothing", ""],
    ["no JSON", "phone=1"],
    ["truncated JSON", '{"a":'],
    ["a NUL", '{"a":"\u0000"}'],
    ["an escaped lone surrogate", '{"a":"\\ud800"}'],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00, 0x80])],
    ["deep nesting", "[".repeat(50_000)],
    ["a body in which all is allowed to be large", Buffer.alloc(5 * MIB, "a")],
  ])("%s is kept byte by byte", async (_what, body) => {
    expect(await statusOf({ body })).toBe(200);
    const [row] = await rows();
    expect(Buffer.compare(row?.["body"] as Buffer, Buffer.from(body))).toBe(0);
  });

  test("a repeat is acknowledged and not kept twice, also under another body", async () => {
    for (const body of ['{"a":1}', '{"a":1}', '{"a":2}'])
      expect(await statusOf({ id: "w-1", body })).toBe(200);
    expect((await rows()).length).toBe(1);
    expect(web.webhooks.counts()).toMatchObject({ acknowledged: 3, stored: 1, repeated: 2 });
  });

  test("the same id in another topic is another message", async () => {
    await statusOf({ id: "w-1", topic: "orders/create" });
    await statusOf({ id: "w-1", topic: "orders/paid" });
    expect((await rows()).length).toBe(2);
  });

  test("hundreds at once, a third of them repeats, are each answered and counted", async () => {
    const sendings = Array.from({ length: 600 }, (_, index) => ({ id: `w-${index % 400}` }));
    const statuses = await Promise.all(sendings.map(statusOf));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await rows()).length).toBe(400);
    const counts = web.webhooks.counts();
    expect(counts).toMatchObject({ acknowledged: 600, stored: 400, repeated: 200 });
    expect(counts.groups).toBeLessThan(600);
  });

  test("revocations wait in the lane that overtakes, and wake as urgent", async () => {
    await statusOf({ topic: "customers_marketing_consent/update" });
    await statusOf({ topic: "shop/redact", path: "/webhooks/compliance" });
    await statusOf({ topic: "orders/create" });
    expect((await rows()).map((row) => [row["topic"], row["lane"]])).toEqual([
      ["customers_marketing_consent/update", 0],
      ["shop/redact", 0],
      ["orders/create", 1],
    ]);
    expect(woken).toEqual([`merge ${SHOP} urgent`, `merge ${SHOP} urgent`, `merge ${SHOP} new`]);
  });

  test("one row that the database refuses costs the others of its group nothing", async () => {
    await database.pool.query("ALTER TABLE message ADD CONSTRAINT bad CHECK (webhook_id <> 'bad')");
    const sendings = Array.from({ length: 40 }, (_, index) => ({
      id: index === 17 ? "bad" : `w-${index}`,
    }));
    const statuses = await Promise.all(sendings.map(statusOf));
    await database.pool.query("ALTER TABLE message DROP CONSTRAINT bad");
    expect(statuses.filter((status) => status === 200).length).toBe(39);
    expect(statuses[17]).toBe(503);
    expect((await rows()).length).toBe(39);
  });
});

describe("what is refused", () => {
  test("the previous secret and the other header family count", async () => {
    expect(await statusOf({ secret: PREVIOUS })).toBe(200);
    const renamed = Object.entries(headersOf({})).flatMap(([name, value]) => [
      [name, null] as const,
      [name.replace("X-", ""), value] as const,
    ]);
    expect(await statusOf({ headers: Object.fromEntries(renamed) })).toBe(200);
    expect((await rows()).length).toBe(2);
  });

  test.each([
    ["a wrong signature", { secret: "guessed" }, 401],
    ["no signature", { headers: { "X-Shopify-Hmac-Sha256": null } }, 401],
    ["no topic", { headers: { "X-Shopify-Topic": null } }, 400],
    ["no shop", { headers: { "X-Shopify-Shop-Domain": null } }, 400],
    ["no webhook id", { headers: { "X-Shopify-Webhook-Id": null } }, 400],
    ["a shop elsewhere", { headers: { "X-Shopify-Shop-Domain": "evil.example" } }, 400],
    ["an endless webhook id", { headers: { "X-Shopify-Webhook-Id": "w".repeat(5_000) } }, 400],
    ["another topic than the path's", { path: "/webhooks/orders/paid" }, 400],
    ["an order at the compliance path", { path: "/webhooks/compliance" }, 400],
    ["an unknown topic", { topic: "products/create" }, 404],
    [
      "a wrong signature and no shop",
      { secret: "guessed", headers: { "X-Shopify-Shop-Domain": null } },
      401,
    ],
  ])("%s is answered and nothing is kept", async (_what, sending: Sending, status) => {
    expect(await statusOf(sending)).toBe(status);
    expect(await rows()).toEqual([]);
    expect(woken).toEqual([]);
  });

  test("only POST is heard", async () => {
    const response = await fetch(`${web.url}/webhooks/orders/create`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("what is too large", () => {
  const large = Buffer.alloc(5 * MIB + 1, "a");

  test("more than 5 MiB leaves a stub as a dead letter, once", async () => {
    expect(await statusOf({ id: "big", body: large })).toBe(200);
    expect(await statusOf({ id: "big", body: large })).toBe(200);
    expect(await sendInPieces({ id: "big", body: large }, [large])).toBe(200);
    const letters = await database.pool.query("SELECT * FROM dead_letter");
    expect(letters.rows).toEqual([
      expect.objectContaining({
        shop: SHOP,
        kind: "inbox",
        topic: "orders/create",
        reason: "too_large",
      }),
    ]);
    expect(letters.rows[0].content.length).toBe(64 * 1024);
    expect(JSON.parse(letters.rows[0].detail)).toMatchObject({
      size: large.length,
      webhookId: "big",
    });
    const kept = await rows();
    expect(kept.map((row) => [String(row["id"]), row["lane"]])).toEqual([
      [letters.rows[0].reference, null],
    ]);
    expect(web.webhooks.counts()).toMatchObject({ acknowledged: 3, stubs: 1, repeated: 2 });
  });

  test("a large body is signed like any other", async () => {
    expect(await statusOf({ body: large, secret: PREVIOUS })).toBe(200);
    expect(await statusOf({ body: large, secret: "guessed" })).toBe(401);
  });

  test("more than 32 MiB is not listened to", async () => {
    const huge = Buffer.alloc(32 * MIB + 1, "a");
    expect(await statusOf({ body: huge })).toBe(413);
    expect(await sendInPieces({ body: huge }, [huge])).toBe(413);
    expect(await rows()).toEqual([]);
  });
});

describe("when it can't be durable now", () => {
  /** Nothing can be stored until the answer is called. */
  async function stallDatabase(): Promise<() => Promise<void>> {
    const client = await database.pool.connect();
    await client.query("BEGIN");
    await client.query("LOCK TABLE message IN ACCESS EXCLUSIVE MODE");
    return async () => {
      await client.query("COMMIT");
      client.release();
    };
  }

  test("beyond the limit it is refused at once, and what was let in is stored in the end", async () => {
    await restart({ requestsMax: 3 });
    const goOn = await stallDatabase();
    const letIn = ["a", "b", "c"].map((id) => statusOf({ id }));
    await expect.poll(() => web.webhooks.waiting()).toBe(3);
    const refused = await send({ id: "d" });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    await goOn();
    expect(await Promise.all(letIn)).toEqual([200, 200, 200]);
    expect(web.webhooks.counts()).toMatchObject({ acknowledged: 3, overloaded: 1 });
  });

  test("bodies of unknown length are refused when they outgrow the room", async () => {
    await restart({ bytesMax: 1_000 });
    expect(await sendInPieces({ body: Buffer.alloc(4_000) }, [Buffer.alloc(4_000)])).toBe(503);
    expect(web.webhooks.waiting()).toBe(0);
  });

  test("who waited too long is told to come again, and the repeat is recognized", async () => {
    await restart({ waitMsMax: 100 });
    const goOn = await stallDatabase();
    expect(await statusOf({ id: "w-1" })).toBe(503);
    await goOn();
    await restart({});
    expect(await statusOf({ id: "w-1" })).toBe(200);
    expect((await rows()).length).toBe(1);
  });

  test("a body that never ends is not waited for, and a sender who hangs up leaves no trace", async () => {
    await restart({ waitMsMax: 100 });
    const socket = connect(web.port, "127.0.0.1");
    const heads = Object.entries(headersOf({})).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `POST /webhooks/orders/create HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n${heads.join("")}\r\n{`,
    );
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1.1 503 /);
    socket.destroy();
    await restart({});
    const hasty = connect(web.port, "127.0.0.1");
    hasty.write(
      `POST /webhooks/orders/create HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n${heads.join("")}\r\n{`,
    );
    await expect.poll(() => web.webhooks.waiting()).toBe(1);
    hasty.destroy();
    await expect.poll(() => web.webhooks.waiting()).toBe(0);
  });

  test("a connection that breaks, idle or in the middle of a flush, costs a 503 at most", async () => {
    const kill =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ringtrue-inbox' AND datname = current_database()";
    expect(await statusOf({ id: "before" })).toBe(200);
    await database.pool.query(kill);
    await expect.poll(() => statusOf({ id: "idle" })).toBe(200);
    const goOn = await stallDatabase();
    const underWay = statusOf({ id: "under way" });
    await expect
      .poll(async () => (await database.pool.query(`${kill} AND state = 'active'`)).rowCount)
      .toBe(1);
    expect(await underWay).toBe(503);
    await goOn();
    expect(await statusOf({ id: "under way" })).toBe(200);
    expect((await rows()).map((row) => row["webhook_id"])).toEqual(["before", "idle", "under way"]);
  });

  test("closing answers what was let in before the server is gone", async () => {
    const goOn = await stallDatabase();
    const letIn = statusOf({ id: "w-1" });
    await expect.poll(() => web.webhooks.waiting()).toBe(1);
    const closed = web.close();
    await goOn();
    expect(await letIn).toBe(200);
    await closed;
    await expect(statusOf()).rejects.toThrow("fetch failed");
    await start();
  });
});

describe("what a platform asks", () => {
  test("health, readiness and metrics are answered in front of everything", async () => {
    await statusOf();
    const paths = ["/healthz", "/readyz", "/metrics"];
    const answers = await Promise.all(paths.map((path) => fetch(web.url + path)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(await answers[2]?.text()).toContain('ringtrue_webhooks_total{outcome="acknowledged"} 1');
  });
});
