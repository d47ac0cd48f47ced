import { describe, expect, test } from "vitest";
import type { JsonObject } from "../control/json.ts";
import { createFixture, event, identify, NOON } from "./workspace-fixture.ts";

const ANN = { email: "ann@x.com" };
const BOB = { id: "2" };
const ULID = "01HB4HBDKTFWYZCK01DMRSWRFD";
const DAY = 86_400;

function person(action: string, identifiers: Record<string, string>): JsonObject {
  return { type: "person", action, identifiers };
}

function merge(primary: JsonObject, secondary: JsonObject): JsonObject {
  return { type: "person", action: "merge", primary, secondary };
}

describe("events", () => {
  test("an event with a ULID counts once, in any spelling of its case; without one it counts again", () => {
    const { batch, workspace } = createFixture();
    const again = { id: ULID.toLowerCase() };
    batch(
      identify(ANN, {}),
      event(ANN, "e", { id: ULID }),
      event(ANN, "e", again),
      event(ANN, "f"),
      event(ANN, "f"),
    );
    expect(workspace.events.map((one) => one.name)).toEqual(["e", "f", "f"]);
    expect(workspace.counts).toMatchObject({ duplicateEvents: 1, eventsWithoutId: 2 });
  });

  test("an event older than 72 hours is stored and starts no campaign", () => {
    const { batch, workspace } = createFixture();
    batch(
      event(ANN, "new", { timestamp: NOON - 3 * DAY }),
      event(ANN, "old", { timestamp: NOON - 3 * DAY - 1 }),
    );
    expect(workspace.events.map((one) => [one.name, one.triggers])).toEqual([
      ["new", true],
      ["old", false],
    ]);
  });

  test("an event for somebody unknown makes that person, or is dropped, as the workspace is set", () => {
    const made = createFixture();
    made.batch(event(ANN, "e"));
    expect(made.read("email", "ann@x.com")).toEqual({ email: "ann@x.com" });
    const dropped = createFixture({ unknownPersonEvent: "ignore" });
    dropped.batch(event(ANN, "e", { id: ULID }));
    expect([dropped.workspace.people.size, dropped.workspace.events.length]).toEqual([0, 0]);
  });

  test("the name of an event is cut to 100 bytes", () => {
    const { batch, workspace } = createFixture();
    batch(event(ANN, "é".repeat(60)));
    expect(Buffer.byteLength(workspace.events[0]?.name ?? "")).toBe(100);
  });

  test("anonymous events of the last 30 days follow the anonymous id, once", () => {
    const { send, workspace } = createFixture();
    send("POST", "/api/v1/events", { name: "old", anonymous_id: "x", timestamp: NOON - 31 * DAY });
    send("POST", "/api/v1/events", { name: "seen", anonymous_id: "x" });
    send("PUT", "/api/v1/customers/1", { anonymous_id: "x" });
    send("PUT", "/api/v1/customers/2", { anonymous_id: "x" });
    const events = Array.from(workspace.people.values(), (one) =>
      one.events.map((told) => told.name),
    );
    expect(events).toEqual([["seen"], []]);
  });
});

describe("suppressing and deleting", () => {
  test("suppress deletes the profile, its events and blocks every identifier until it is freed", () => {
    const { batch, read, workspace } = createFixture();
    batch(identify(BOB, ANN), event(BOB, "e"), person("suppress", BOB));
    expect([workspace.people.size, workspace.events.length]).toEqual([0, 0]);
    expect(batch(identify(BOB, { phone: "x" }), identify(ANN, {}), event(ANN, "e")).status).toBe(
      200,
    );
    expect(workspace.people.size).toBe(0);
    expect(workspace.counts.suppressedIgnored).toBe(3);
    batch(person("unsuppress", BOB), identify(BOB, {}));
    expect(read("id", "2")).toEqual({ id: "2" });
  });

  test("a deleted person may come back, with nothing of before", () => {
    const { batch, read } = createFixture();
    batch(identify(ANN, { phone: "x" }), person("delete", ANN), identify(ANN, {}));
    expect(read("email", "ann@x.com")).toEqual(ANN);
  });
});

describe("merging", () => {
  test("a merge fills what is unset or empty on the primary, and only that", () => {
    const { batch, read, workspace } = createFixture();
    batch(
      identify(BOB, { phone: "own", reason: "gone" }, NOON),
      identify(BOB, { reason: null }, NOON + 1),
    );
    batch(identify(ANN, { phone: "other", reason: "opted_out", city: "Bern" }, NOON));
    batch(merge(BOB, ANN));
    const merged = { id: "2", email: "ann@x.com", phone: "own", reason: "opted_out", city: "Bern" };
    expect(read("id", "2")).toEqual(merged);
    expect(read("email", "ann@x.com")).toEqual(merged);
    expect(workspace.people.size).toBe(1);
  });

  test("a merge moves events of the last 30 days, which then start no campaign", () => {
    const { batch, workspace } = createFixture();
    batch(
      identify(BOB, {}),
      event(ANN, "old", { timestamp: NOON - 31 * DAY }),
      event(ANN, "new"),
      merge(BOB, ANN),
    );
    expect(workspace.events.map((one) => [one.name, one.triggers])).toEqual([["new", false]]);
  });

  test("a merge into a missing primary, of a missing secondary or of one with itself does nothing", () => {
    const { batch, workspace } = createFixture();
    batch(identify(ANN, {}));
    expect(batch(merge(BOB, ANN), merge(ANN, BOB), merge(ANN, ANN)).status).toBe(200);
    expect([workspace.people.size, workspace.counts.mergesIgnored]).toEqual([1, 3]);
  });

  test("a primary identified a moment ago may not be seen by the merge yet", () => {
    const { batch, workspace, clock } = createFixture({ mergeRaceMs: 60_000 });
    batch(identify(ANN, {}), identify(BOB, {}), merge(BOB, ANN));
    expect(workspace.people.size).toBe(2);
    clock.seconds += 60;
    batch(merge(BOB, ANN));
    expect(workspace.people.size).toBe(1);
  });

  test("a late identify of a merged-away person makes that person anew", () => {
    const { batch, workspace } = createFixture();
    batch(
      identify({ id: "1" }, {}),
      identify(BOB, {}),
      merge({ id: "1" }, BOB),
      identify(BOB, { sms_eligible: true }),
    );
    expect(workspace.people.size).toBe(2);
  });
});
