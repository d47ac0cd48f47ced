// The fault matrix: every fault of Customer.io or of the way to it, striking people, events and merges,
// with the queue on PostgreSQL and on Redis. Whatever strikes, the simulated workspace ends as that of
// a shop that heard the same undisturbed, no event counts twice, nothing is dead, everything is told in
// order, and the ledger balances. All cells of a backend are played at once and judged one by one.
import { beforeAll, describe, expect, inject, test } from "vitest";
import { comparableAcrossShops, differences } from "../support/compare-workspaces.ts";
import { describeWith } from "../support/describe-with.ts";
import { CELLS, KINDS } from "../support/matrix-faults.ts";
import { CALM, playMatrix, type MatrixEnd } from "../support/matrix-run.ts";
import { EVENTS, PEOPLE } from "../support/matrix-shoppers.ts";

const MINUTE = 60_000;

type Queue = "postgres" | "redis";
const ends = new Map<Queue, MatrixEnd>();

beforeAll(async () => {
  const services = inject("services");
  const queues: Queue[] = services.tools.redis === null ? ["postgres"] : ["postgres", "redis"];
  await Promise.all(
    queues.map(async (queue) => {
      ends.set(queue, await playMatrix({ services, queue }));
    }),
  );
}, 12 * MINUTE);

describe("with its queue on PostgreSQL", () => cells("postgres"));
describeWith("redis", "with its queue on Redis", () => cells("redis"));

function cells(queue: Queue): void {
  test("undisturbed, everybody is told, and everything once", () => {
    const { end, problems, profiles } = endOf(queue, CALM);
    expect(problems).toEqual([]);
    // Nobody is left under a second address: the merges were done.
    expect(profiles).toBe(PEOPLE);
    expect(end.people.size).toBe(PEOPLE);
    const counts = [...end.events.values()];
    expect(counts).toEqual(counts.map(() => "1 times"));
    expect(counts).toHaveLength(EVENTS);
  });

  describe.each(KINDS)("%s", (kind) => {
    test.each(CELLS.filter((cell) => cell.kind === kind))(
      "$name: the workspace ends as it does undisturbed",
      ({ shop }) => {
        const { end, problems, profiles } = endOf(queue, shop);
        expect(problems).toEqual([]);
        expect(differences(endOf(queue, CALM).end, end)).toEqual([]);
        expect(profiles).toBe(PEOPLE);
      },
    );
  });
}

function endOf(queue: Queue, shop: string) {
  const found = ends.get(queue)?.get(shop);
  if (found === undefined) throw new Error(`${shop} was not played`);
  const { snapshot, problems } = found;
  return { end: comparableAcrossShops(snapshot), problems, profiles: snapshot.people.length };
}
