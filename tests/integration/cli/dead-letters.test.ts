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
      late: [],
    });
    const { rows } = await bench.pool.query("SELECT lane, size FROM pending");
    expect(rows).toEqual([{ lane: 0, size: 1 }]);
    expect((await letters())[0]?.replayedAt).not.toBeNull();
    expect(await bench.ask("status", DOMAIN)).toMatchObject({ deadLetters: 0, inboxPending: 1 });
    await bench.merge();
    expect((await letters())[0]).toMatchObject({ id: letter?.id, replayedAt: null, times: 2 });
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

  async function buryMany(): Promise<void> {
    for (const topic of ["orders/create", "customers/update"] as const) {
      await bench.hear(topic, `{"id": 9001, "email": "Ada@example.com", `);
      await bench.hear(topic, { nonsense: true });
    }
    await bench.merge();
  }

  test("letters are found by what they are, when they died, an id in them and whom they concern", async () => {
    await buryMany();
    const found = async (...filter: string[]): Promise<number[]> =>
      (await bench.ask("dead-letters", DOMAIN, ...filter)).map(({ id }: { id: number }) => id);
    expect(await found()).toEqual([1, 2, 3, 4]);
    expect(await found("--reason", "not_json")).toEqual([1, 3]);
    expect(await found("--topic", "orders/create")).toEqual([1, 2]);
    expect(await found("--topic", "orders/create", "--reason", "not_json")).toEqual([1]);
    expect(await found("--kind", "outbox")).toEqual([]);
    expect(await found("--id", "9001")).toEqual([1, 3]);
    expect(await found("--id", "900")).toEqual([]);
    expect(await found("--person", "ada@example.com")).toEqual([1, 3]);
    expect(await found("--person", "+14155552671")).toEqual([]);
    await bench.pool.query(
      "UPDATE dead_letter SET created_at = '2026-11-01T10:00:00Z' WHERE id = 4",
    );
    expect(await found("--until", "2026-11-02")).toEqual([4]);
    expect(await found("--since", "1h")).toEqual([1, 2, 3]);
    await bench.ask("dead-letters", "replay", DOMAIN, "2");
    expect(await found("--open")).toEqual([1, 3, 4]);
  });

  test("pages go backwards from the latest, and none is on two of them", async () => {
    await buryMany();
    const latest = await bench.run(["dead-letters", DOMAIN, "--limit", "3", "--json"]);
    expect(JSON.parse(latest.out).map(({ id }: { id: number }) => id)).toEqual([2, 3, 4]);
    expect(latest.err).toContain("--before 2");
    const rest = await bench.ask("dead-letters", DOMAIN, "--limit", "3", "--before", "2");
    expect(rest.map(({ id }: { id: number }) => id)).toEqual([1]);
  });

  test("all that match a filter go back, and no other", async () => {
    await buryMany();
    const { out, code } = await bench.run([
      ...["dead-letters", "replay", DOMAIN, "--reason", "not_json", "--id", "9001", "--json"],
    ]);
    expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, replayed: [1, 3], refused: [] });
    expect(await bench.ask("status", DOMAIN)).toMatchObject({ inboxPending: 2, deadLetters: 2 });
    const both = await bench.run(["dead-letters", "replay", DOMAIN, "1", "--reason", "not_json"]);
    expect(both.code).toBe(2);
  });

  test("one letter is explained whole and masked, and revealing it is written to the log", async () => {
    await bench.hear("orders/create", { ...order(1, ADA), created_at: 7, line_items: "none" });
    await bench.merge();
    const shown = await bench.ask("dead-letters", "show", DOMAIN, "1");
    expect(shown).toMatchObject({
      id: 1,
      kind: "inbox",
      reason: "wrong_shape",
      times: 1,
      cannotReplay: null,
      revealed: false,
      about: { messageId: "1", bytesKept: expect.any(Number) },
      content: { id: 1, email: "a***@e***.com", currency: "USD" },
    });
    expect(shown.means).not.toBe("");
    expect(shown.remedy).not.toBe("");
    const inWords = await bench.run(["dead-letters", "show", DOMAIN, "1"]);
    for (const personal of [ADA.email, ADA.phone]) {
      expect(JSON.stringify(shown)).not.toContain(personal);
      expect(inWords.out).not.toContain(personal);
    }
    const revealed = await bench.run(["dead-letters", "show", DOMAIN, "1", "--reveal", "--json"]);
    expect(JSON.parse(revealed.out)).toMatchObject({ revealed: true, content: ADA });
    expect(revealed.err).toContain("revealed");
    expect(revealed.err).not.toContain(ADA.email);
    expect((await bench.run(["dead-letters", "show", DOMAIN, "2"])).code).toBe(1);
  });

  test("a message no longer kept says so, and what died long ago is marked as too late to trigger", async () => {
    await bench.hear("orders/create", "{");
    await bench.hear("orders/create", "{");
    await bench.merge();
    await bench.pool.query("DELETE FROM message WHERE id = 1");
    await bench.pool.query(
      "UPDATE message SET received_at = now() - interval '73 hours' WHERE id = 2",
    );
    const [gone, old] = await bench.ask("dead-letters", DOMAIN);
    expect(gone).toMatchObject({ cannotReplay: "the message is no longer kept", late: false });
    expect(old).toMatchObject({ cannotReplay: null, late: true });
    const { out, err } = await bench.run(["dead-letters", "replay", DOMAIN, "--all", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ replayed: [2], late: [2], refused: [{ id: 1 }] });
    expect(err).toContain("older than 72 hours");
  });
});
