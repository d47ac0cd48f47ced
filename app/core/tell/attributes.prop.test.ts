// The catalogue against what is told, over random histories.

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readSettings } from "../settings/schema.ts";
import type { Told, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { AFTERWARDS, messageFrom } from "../testing/histories.ts";
import { attributesOf } from "./attributes.ts";
import { ATTRIBUTE_GROUPS, ATTRIBUTE_NAMES, OPTIONAL_ATTRIBUTES } from "./catalogue.ts";
import type { AttributeEntry } from "./catalogue/entry.ts";
import { NO_PLACE } from "./values/subject.ts";

const ENTRIES: readonly AttributeEntry[] = ATTRIBUTE_GROUPS.flatMap<AttributeEntry>((group) => [
  ...group.attributes,
]);

const history = fc.array(fc.array(fc.nat(1_000_000), { maxLength: 24 }).map(messageFrom), {
  minLength: 1,
  maxLength: 14,
});
const worlds = fc
  .record({
    phone_attribute: fc.constantFrom("always", "when_textable", "never"),
    double_opt_in: fc.boolean(),
    transactional_sms: fc.boolean(),
    attributes_on: fc.constant(OPTIONAL_ATTRIBUTES),
  })
  .map((settings): World => ({ settings, asOf: AFTERWARDS }));

function isOfType(value: unknown, { type, values }: AttributeEntry): boolean {
  switch (type) {
    case "string":
      return typeof value === "string" && value !== "" && (!values || values.includes(value));
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return Number.isFinite(value);
    case "integer":
      return Number.isSafeInteger(value);
    case "unix_seconds":
      // After 2001 and before 2286: milliseconds would be far outside.
      return Number.isSafeInteger(value) && Number(value) > 1e9 && Number(value) < 1e10;
  }
}

function check(law: (told: Told, world: World) => void): void {
  const property = fc.property(history, worlds, (messages, world) => {
    for (const told of hear(messages, world).values()) law(told, world);
  });
  fc.assert(property);
}

function settingsOf(input: Record<string, unknown>) {
  const reading = readSettings(input);
  if (!reading.ok) throw new Error("the settings of this test are not valid");
  return reading.settings;
}

describe("the attributes told", () => {
  it("have the type and, where they are listed, one of the values the catalogue declares", () => {
    check(({ attributes }) => {
      for (const [name, value] of Object.entries(attributes)) {
        const entry = ENTRIES.find((declared) => declared.name === name);
        expect(entry && isOfType(value, entry), `${name}: ${value}`).toBe(true);
      }
    });
  });

  it("are there for everybody where the catalogue names no time of absence", () => {
    const always = ENTRIES.filter(({ removedWhen }) => removedWhen === null);
    check(({ attributes }) => {
      for (const { name } of always) expect(attributes).toHaveProperty(name);
    });
  });

  it("leave out what belongs to others until the shop switches it on", () => {
    check((told) => {
      const { decision, eligibility, holders } = told;
      const off = settingsOf({});
      const names = Object.keys(
        attributesOf(decision.profile, eligibility, holders, off, NO_PLACE),
      );
      for (const optional of OPTIONAL_ATTRIBUTES) expect(names).not.toContain(optional);
    });
  });

  it("change their names, and nothing else, when a shop maps them", () => {
    const renamed = ATTRIBUTE_NAMES.filter((name) => name !== "email");
    const attribute_names = Object.fromEntries(renamed.map((name) => [name, `my_${name}`]));
    check(({ decision, eligibility, holders }, world) => {
      const told = (names: Record<string, string>) => {
        const settings = settingsOf({ ...world.settings, attribute_names: names });
        const { profile } = decision;
        return Object.entries(attributesOf(profile, eligibility, holders, settings, NO_PLACE));
      };
      const expected = told({}).map(([name, value]) => [attribute_names[name] ?? name, value]);
      expect(told(attribute_names)).toEqual(expected);
    });
  });

  it("can between them have every name of the catalogue, and no other", () => {
    const written = new Set<string>();
    const settings = settingsOf({ attributes_on: OPTIONAL_ATTRIBUTES, transactional_sms: true });
    const place = { window: { start: 9, end: 20 }, timezone: "America/New_York" };
    const named = { locale: "en-US", firstName: "Ada", lastName: "Byron", country: "US" };
    const property = fc.property(history, worlds, (messages, world) => {
      for (const { decision, eligibility, holders } of hear(messages, world).values()) {
        const { profile: known } = decision;
        const profile = {
          ...known,
          consent: { ...known.consent, disclosure: "checkout-2026-03" },
          commerce: { ...known.commerce, currency: "USD" },
          verified: { at: AFTERWARDS, by: "confirmation" as const },
          shopper: { ...known.shopper, ...named },
        };
        const attributes = attributesOf(profile, eligibility, holders, settings, place);
        for (const name of Object.keys(attributes)) written.add(name);
      }
    });
    fc.assert(property, { numRuns: 300, seed: 1 });
    expect([...written].sort()).toEqual([...ATTRIBUTE_NAMES].sort());
  });

  it("say nothing of a place that is not known", () => {
    check(({ decision, eligibility, holders }, world) => {
      const settings = settingsOf(world.settings ?? {});
      const attributes = attributesOf(decision.profile, eligibility, holders, settings, NO_PLACE);
      expect(attributes).not.toHaveProperty("sms_window_start");
      expect(attributes).not.toHaveProperty("timezone");
    });
  });
});

describe("the catalogue", () => {
  it("gives every attribute an example of its type", () => {
    for (const entry of ENTRIES) expect(isOfType(entry.example, entry), entry.name).toBe(true);
  });

  it("says what each means in plain sentences, which a page can show as they are", () => {
    for (const { meaning } of ENTRIES) expect(meaning).toMatch(/^[A-Z][^*[\]\n]*[.…]$/);
  });

  it("names every attribute once", () => {
    expect(new Set(ATTRIBUTE_NAMES).size).toBe(ENTRIES.length);
  });
});
