// What is told fits Customer.io's limits, and what fitted already is told as it is.

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { cutAt } from "./fit-text.ts";
import { fitEvent, fitEventName, fitPerson, LIMITS, tooLongIdentifier } from "./fit.ts";

const bytes = (value: unknown): number =>
  Buffer.byteLength(typeof value === "string" ? value : JSON.stringify(value));

const text = fc.oneof(
  { weight: 6, arbitrary: fc.string({ maxLength: 60, unit: "binary" }) },
  fc
    .tuple(
      fc.constantFrom("a", "é", "電", "👩‍🚀", '"', "\u0001", " "),
      fc.integer({ min: 200, max: 12_000 }),
    )
    .map(([unit, count]) => unit.repeat(count)),
);
const value = fc.oneof(text, fc.boolean(), fc.double({ noNaN: true }), fc.webUrl());
const values = fc
  .array(fc.tuple(fc.string({ minLength: 1, maxLength: 200 }), value), { maxLength: 400 })
  .map((entries) => Object.fromEntries(entries.filter(([name]) => name !== "__proto__")));
const event = fc.record({
  ...{ checkout_token: text, recovery_url: text },
  items: fc.array(fc.record({ title: text, quantity: fc.nat(9) }), { maxLength: 60 }),
});

function operation(attributes: object): number {
  const identifiers = { email: "\u0001".repeat(LIMITS.identifier) };
  const timestamp = 4_102_444_800;
  const id = "01HB4HBDKTFWYZCK01DMRSWRFD";
  const name = "\u0001".repeat(LIMITS.eventName);
  return bytes({
    type: "person",
    action: "identify",
    identifiers,
    timestamp,
    id,
    name,
    attributes,
  });
}

describe("a person", () => {
  test("comes out within every limit, as a part of what went in, each text its beginning", () => {
    fc.assert(
      fc.property(
        values,
        fc.array(fc.string({ maxLength: 150 }), { maxLength: 400 }),
        (told, had) => {
          const before = [...new Set(had)];
          const { attributes, removed, stays } = fitPerson(told, before);
          const removals = Object.fromEntries(removed.map((name) => [name, null]));
          expect(operation({ ...attributes, ...removals, _update: true })).toBeLessThanOrEqual(
            LIMITS.operation,
          );
          expect(Object.keys(attributes).length + removed.length).toBeLessThan(LIMITS.attributes);
          for (const [name, now] of Object.entries(attributes)) {
            expect(bytes(name)).toBeLessThanOrEqual(LIMITS.attributeName);
            if (typeof now !== "string") expect(now).toBe(told[name]);
            else {
              expect(bytes(now)).toBeLessThanOrEqual(LIMITS.attributeValue);
              expect(String(told[name]).startsWith(now)).toBe(true);
            }
          }
          // Whatever the profile has is told anew, removed now, or removed another time.
          const kept = before.filter((name) => !Object.hasOwn(attributes, name));
          expect([...removed, ...stays].sort()).toEqual(kept.sort());
        },
      ),
    );
  });

  test("who fits is told in full, and nothing is noted", () => {
    const small = values.map((all) =>
      Object.fromEntries(
        Object.entries(all)
          .filter(([name, one]) => bytes(name) <= 150 && bytes(one) <= 100)
          .slice(0, 100),
      ),
    );
    fc.assert(
      fc.property(small, (told) => {
        expect(fitPerson(told, [])).toEqual({
          attributes: told,
          removed: [],
          stays: [],
          notes: [],
        });
      }),
    );
  });

  test("a long text is cut, a long URL or email is left out, and both are noted by name", () => {
    const url = `https://shop.example/?token=${"x".repeat(1_000)}`;
    const told = { note: "word ".repeat(300), link: url, mail: `${"m".repeat(1_000)}@x.example` };
    const { attributes, notes } = fitPerson(told, ["link"]);
    expect(attributes).toEqual({ note: "word ".repeat(200) });
    expect(notes).toEqual(["cut note", "left out link", "left out mail"]);
  });

  test("what is left out and was told before is removed", () => {
    const told = { link: `https://shop.example/${"x".repeat(1_000)}`, phone: "+14155552671" };
    expect(fitPerson(told, ["link", "phone"]).removed).toEqual(["link"]);
  });

  test("of too many texts the longest are left out, and what decides stays", () => {
    const told = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`text_${index}`, "電 ".repeat(200 + index)]),
    );
    const { attributes } = fitPerson({ sms_eligible: false, ...told }, []);
    expect(attributes).toMatchObject({ sms_eligible: false, text_0: told["text_0"] });
    expect(attributes["text_59"]).toBeUndefined();
  });
});

describe("an event", () => {
  test("comes out within the limit, its items the first ones of those there were", () => {
    fc.assert(
      fc.property(event, (told) => {
        const { attributes, notes } = fitEvent(told);
        expect(operation(attributes)).toBeLessThanOrEqual(LIMITS.operation);
        if (notes.length === 0) expect(attributes).toEqual(told);
        const items = attributes["items"];
        if (!Array.isArray(items)) return;
        expect(items).toEqual(told.items.slice(0, items.length));
        if (items.length < told.items.length) {
          expect(attributes).toMatchObject({
            items_truncated: true,
            items_count: told.items.length,
          });
        }
      }),
    );
  });

  test("items are dropped from the end, and how many there were is told", () => {
    const items = Array.from({ length: 90 }, (_, index) => ({
      title: `${index} `.padEnd(500, "x"),
    }));
    const { attributes, notes } = fitEvent({ order_id: "1", items });
    const kept = attributes["items"];
    expect(kept).toEqual(items.slice(0, Array.isArray(kept) ? kept.length : 0));
    expect(attributes).toMatchObject({ order_id: "1", items_truncated: true, items_count: 90 });
    expect(notes).toEqual([`items ${Array.isArray(kept) ? kept.length : 0} of 90`]);
    // One more would not have fitted.
    expect(bytes({ ...attributes, items: items.slice(0, 60) })).toBeGreaterThan(29_800);
  });
});

test("an identifier is measured in bytes, and never cut", () => {
  expect(tooLongIdentifier({ email: `${"é".repeat(69)}@x.example` })).toBeNull();
  expect(tooLongIdentifier({ email: `${"é".repeat(71)}@x.example` })).toBe("email");
});

test("an event's name is cut where Customer.io would cut it", () => {
  expect(fitEventName("order_placed")).toBe("order_placed");
  expect(bytes(fitEventName("é".repeat(80)))).toBe(LIMITS.eventName);
});

test("a cut goes between two characters", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 500 }), (whole, limit) => {
      const cut = cutAt(whole, limit);
      expect(whole.startsWith(cut)).toBe(true);
      expect(bytes(cut)).toBeLessThanOrEqual(limit);
      const next = [...whole.slice(cut.length)][0];
      if (next !== undefined) expect(bytes(cut) + bytes(next)).toBeGreaterThan(limit);
    }),
  );
});
