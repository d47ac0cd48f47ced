import { expect, test } from "vitest";
import { readSettings, type Settings } from "../settings/schema.ts";
import { standingValues } from "./standing-values.ts";

function settings(input: object = {}): Settings {
  const reading = readSettings(input);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.settings;
}

test("kept is what stands under the shop's own names, and nothing else of theirs", () => {
  const found = {
    phone: "+14155552671",
    mobile: "+14155552672",
    email: "ada@example.com",
    timezone: "Europe/Paris",
    loyalty: 7,
    sms_consent: { at: 1 },
    orders_count: 3,
  };
  expect(standingValues(found, settings())).toEqual({ phone: "+14155552671", orders_count: 3 });
  const mapped = settings({ attribute_names: { phone: "mobile" }, attributes_on: ["timezone"] });
  expect(standingValues(found, mapped)).toEqual({
    mobile: "+14155552672",
    timezone: "Europe/Paris",
    orders_count: 3,
  });
});

test("where everything comes as text, booleans and numbers are known by the attribute's type", () => {
  const found = { sms_consent: "true", orders_count: "3", total_spent: "12.50", phone: "14155" };
  expect(standingValues(found, settings())).toEqual({
    sms_consent: true,
    orders_count: 3,
    total_spent: "12.50",
    phone: "14155",
  });
});

test("where values keep their types, text stays text", () => {
  expect(standingValues({ sms_consent: "true", loyalty: 7 }, settings())).toEqual({
    sms_consent: "true",
  });
});
