// Dead letters listed and sent back to where they died.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bury } from "#app/db/dead-letters.ts";
import { settleOutbox } from "#app/db/outbox.ts";
import { ADA, type CliBench, DOMAIN, order, startCliBench, KEYS } from "../../support/cli-bench.ts";

let bench: CliBench;

beforeAll(async () => {
  bench = await startCliBench();
});
beforeEach(() => bench.clear());
afterAll(() => bench.close());

describe("dead letters", () => {
  beforeEach(async () => {
    await bench.ask("shop", "add", DOMAIN, ...KEYS);
  });

  async function letters(): Promise<
    { id: number; kind: string; reason: string; replayedAt: string | null }[]
  > {
    return bench.ask("dead-letters", DOMAIN);
  }

  test("a message goes back to be read, in its lane, and dies again if nothing was mended", async () => {
    await bench.hear("customers_marketing_consent/update", "{");
    await bench.merge();
    const [letter] = await letters();
    expect(letter).toMatchObject({ kind: "inbox", reason: "not_json", replayedAt: null });
    expect(await bench.ask("dead-letters", "replay", DOMAIN, String(letter?.id))).toEqual({
      replayed: [letter?.id],
      refused: [],
    });
    const { rows } = await bench.pool.query("SELECT lane, size FROM pending");
    expect(rows).toEqual([{ lane: 0, size: 1 }]);
    expect((await letters())[0]?.replayedAt).not.toBeNull();
    expect(await bench.ask("status", DOMAIN)).toMatchObject({ deadLetters: 0, inboxPending: 1 });
    await bench.merge();
    expect((await letters())[0]).toMatchObject({ id: letter?.id, replayedAt: null });
    expect(await bench.ask("status", DOMAIN)).toMatchObject({ deadLetters: 1, inboxPending: 0 });
  });

  test("of a message that was too large only its beginning is here: it cannot be replayed", async () => {
    const row = {
      shop: DOMAIN,
      topic: "orders/create" as const,
      webhookId: "w",
      eventId: null,
      apiVersion: null,
      triggeredAt: null,
    };
    await bench.inbox.keepStub({ row, size: 6_000_000, head: Buffer.from("{") });
    await bench.hear("orders/create", "{");
    await bench.merge();
    const [stub, other] = await letters();
    const { code, err } = await bench.run([
      "dead-letters",
      "replay",
      DOMAIN,
      String(stub?.id),
      "999",
    ]);
    expect(code).toBe(1);
    expect(err).toContain("larger than Ringtrue keeps");
    expect(err).toContain("999 cannot be replayed: there is no such dead letter");
    const all = await bench.run(["dead-letters", "replay", DOMAIN, "--all", "--json"]);
    expect(all.code).toBe(0);
    expect(JSON.parse(all.out)).toMatchObject({
      replayed: [other?.id],
      refused: [{ id: stub?.id }],
    });
  });

  test("an event goes back to what is to be told, and a refused person gets a new version", async () => {
    await bench.hear("orders/create", order(1, ADA));
    await bench.merge();
    const { pool } = bench;
    const { rows: people } = await pool.query(
      "UPDATE person SET told_version = version RETURNING id, version, shop_id",
    );
    const { rows: events } = await pool.query("SELECT id FROM outbox");
    const [personRow, event] = [people[0], events[0]];
    await settleOutbox(pool, personRow.shop_id, [event.id], "dead");
    await bury(pool, DOMAIN, [
      {
        kind: "outbox",
        reference: `item:${event.id}`,
        topic: "order_placed",
        reason: "refused",
        detail: "",
      },
      {
        kind: "outbox",
        reference: `person:${personRow.id}:${personRow.version}`,
        topic: "identify",
        reason: "refused",
        detail: "",
      },
      {
        kind: "outbox",
        reference: "person:999:1",
        topic: "identify",
        reason: "refused",
        detail: "",
      },
    ]);
    expect(await bench.ask("status", DOMAIN)).toMatchObject({ outboxPending: 0, deadLetters: 3 });
    const { code, out } = await bench.run(["dead-letters", "replay", DOMAIN, "--all", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      replayed: [1, 2],
      refused: [{ id: 3, why: "there is nobody left to tell it of" }],
    });
    expect(await bench.ask("status", DOMAIN)).toMatchObject({ outboxPending: 2, deadLetters: 1 });
  });
});
