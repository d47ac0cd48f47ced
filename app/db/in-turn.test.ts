import { setImmediate as giveWay } from "node:timers/promises";
import { expect, test } from "vitest";
import { inTurn } from "./in-turn.ts";
import type { Queryable } from "./queryable.ts";

/** Notes what was begun and what ended; `fails` is refused. */
function recordingClient(fails = ""): { client: Queryable; log: string[] } {
  const log: string[] = [];
  const client: Queryable = {
    async query(statement) {
      const text = typeof statement === "string" ? statement : (statement.text ?? "");
      log.push(`${text} begins`);
      await giveWay();
      if (text === fails) throw new Error(`${text} was refused`);
      log.push(`${text} ends`);
      return { rows: [], rowCount: 0, command: "", oid: 0, fields: [] };
    },
  };
  return { client, log };
}

test("statements run one after another, in the order asked, and all are done at the end", async () => {
  const { client, log } = recordingClient();
  await inTurn(client, async (turns) => {
    turns.write({ text: "a" });
    turns.write({ text: "b" });
    await turns.query("c");
    turns.write({ text: "d" });
  });
  expect(log).toEqual(["a", "b", "c", "d"].flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test("a write that fails fails whoever asks next, and nothing after it is begun", async () => {
  const { client, log } = recordingClient("a");
  const work = inTurn(client, async (turns) => {
    turns.write({ text: "a" });
    turns.write({ text: "b" });
    await turns.query("c");
  });
  await expect(work).rejects.toThrow("a was refused");
  expect(log).toEqual(["a begins"]);
});

test("a last write that fails fails the whole", async () => {
  const { client } = recordingClient("a");
  const work = inTurn(client, async (turns) => turns.write({ text: "a" }));
  await expect(work).rejects.toThrow("a was refused");
});

test("when the work itself fails, what is under way ends and what waits is never begun", async () => {
  const { client, log } = recordingClient();
  const work = inTurn(client, async (turns) => {
    turns.write({ text: "a" });
    turns.write({ text: "b" });
    await giveWay();
    throw new Error("cannot be folded");
  });
  await expect(work).rejects.toThrow("cannot be folded");
  await giveWay();
  expect(log).not.toContain("b begins");
  expect(log.at(-1)).toBe("a ends");
});
