import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { DAY } from "./day.ts";
import { expectationsFor } from "./expectations.ts";
import { recordScenario } from "./record.ts";

const BASE = new Date("2026-11-20T18:00:00Z");

function record(seed = 1): ReturnType<typeof recordScenario> {
  return recordScenario(DAY, { base: BASE, seed });
}

function bodiesOf(recorded: ReturnType<typeof record>, topic: string): Record<string, unknown>[] {
  const tellings = recorded.batches.flat().filter(({ webhook }) => webhook.topic === topic);
  return tellings.map(({ webhook }) => Object(JSON.parse(webhook.body.toString())));
}

describe("the day in the shop", () => {
  test("is the same for the same seed, byte by byte", () => {
    const wire = (): string[] =>
      record().batches.flatMap((batch) =>
        batch.map(({ webhook, copies }) => `${webhook.webhookId} ${copies} ${webhook.body}`),
      );
    expect(wire()).toEqual(wire());
  });

  test("expects a state of everybody who acts in it, and of nobody else", () => {
    const actors = new Set(DAY.steps.map(({ who }) => who));
    expect(DAY.people.map(({ who }) => who).toSorted()).toEqual([...actors].toSorted());
  });

  test("expects exactly the orders, cancellations, shipments, deliveries and refunds that happen", () => {
    const recorded = record();
    const expected = expectationsFor(recorded.shop, DAY).flatMap(({ events }) => events);
    const ids = (name: string): (string | undefined)[] =>
      expected
        .filter((event) => event.name === name)
        .map((event) => event.order_id)
        .toSorted();
    expect(ids("order_placed")).toEqual(
      bodiesOf(recorded, "orders/create")
        .map((body) => String(body["id"]))
        .toSorted(),
    );
    expect(ids("order_cancelled")).toEqual(
      bodiesOf(recorded, "orders/cancelled").map((body) => String(body["id"])),
    );
    expect(ids("order_shipped")).toEqual(
      bodiesOf(recorded, "fulfillments/create").map((body) => String(body["order_id"])),
    );
    expect(ids("refund_initiated")).toEqual(
      bodiesOf(recorded, "refunds/create").map((body) => String(body["order_id"])),
    );
    const delivered = bodiesOf(recorded, "fulfillment_events/create").filter(
      (body) => body["status"] === "delivered",
    );
    expect(ids("order_delivered")).toEqual(delivered.map((body) => String(body["order_id"])));
  });

  test("expects only numbers that exist as a number could, none of them reserved", () => {
    for (const { phone } of DAY.people) {
      if (phone === null) continue;
      expect([phone, parsePhoneNumberFromString(phone)?.isValid()]).toEqual([phone, true]);
      expect(phone).not.toMatch(/55501\d\d$/);
    }
  });

  test("the five ways of typing are one number, and the typo is none of the country", () => {
    const recorded = record();
    const typed = bodiesOf(recorded, "orders/create").filter(
      (body) => body["email"] === "maya@example.com",
    );
    expect(new Set(typed.map((body) => body["phone"])).size).toBe(5);
    const digits = typed.map((body) => String(body["phone"]).replace(/\D/g, "").slice(-10));
    expect(new Set(digits)).toEqual(new Set(["4155552671"]));
    expect(parsePhoneNumberFromString("41555544427", "US")?.isValid()).toBe(false);
    expect(parsePhoneNumberFromString("+41555544427")?.isValid()).toBe(true);
  });

  test("no shopper does two things in one second", () => {
    const seen = DAY.steps.map(({ who, when }) => `${who} ${JSON.stringify(when)}`);
    expect(new Set(seen).size).toBe(seen.length);
    expect(DAY.roundMs).toBeGreaterThan(1000);
  });

  test("a checkout that is paid is quiet for less than half the quiet time before, unless it was abandoned", () => {
    const abandoned = new Set(
      DAY.people.flatMap(({ events }) =>
        events.flatMap(({ checkout }) => (checkout === undefined ? [] : [checkout])),
      ),
    );
    const rounds = new Map<string, number[]>();
    for (const { act, when } of DAY.steps) {
      const named =
        "checkout" in act.args
          ? act.args.checkout
          : act.verb === "startCheckout"
            ? act.args.as
            : undefined;
      if (named !== undefined && "round" in when)
        rounds.set(String(named), [...(rounds.get(String(named)) ?? []), when.round]);
    }
    for (const [name, times] of rounds) {
      if (abandoned.has(name)) continue;
      const gaps = times
        .slice(1)
        .map((round, index) => (round - (times[index] ?? round)) * DAY.roundMs);
      expect([name, Math.max(...gaps) < (DAY.quiet.checkoutStarted * 1000) / 2]).toEqual([
        name,
        true,
      ]);
    }
  });

  test("some webhooks are told twice, and some later than others that came after them", () => {
    const { batches } = record();
    expect(batches.flat().some(({ copies }) => copies > 1)).toBe(true);
    const times = batches.flat().map(({ webhook }) => webhook.triggeredAt);
    expect(times).not.toEqual(times.toSorted());
  });
});
