import { expect, test } from "vitest";
import { readSettings } from "../settings/schema.ts";
import { compareProfiles } from "./compare-profiles.ts";

function comparison(input: object = {}) {
  const reading = readSettings(input);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return compareProfiles(reading.settings);
}

test("each attribute is counted as the same, new or changed, with three pairs of values at most", () => {
  const { add, result } = comparison();
  add({ phone: "+1", orders_count: 2 }, { phone: "+1" });
  for (const there of ["+2", "+3", "+4", "+5"]) add({ phone: "+1" }, { phone: there });
  expect(result.attributes.get("phone")).toMatchObject({ same: 1, new: 0, changed: 4 });
  expect(result.attributes.get("phone")?.samples).toEqual([
    { there: "+2", told: "+1" },
    { there: "+3", told: "+1" },
    { there: "+4", told: "+1" },
  ]);
  expect(result.attributes.get("orders_count")).toMatchObject({ same: 0, new: 1, changed: 0 });
});

test("what stands there and would not be told is left alone, so it counts for nothing", () => {
  const { add, result } = comparison();
  add({}, { phone: "+1" });
  expect(result.attributes.get("phone")).toMatchObject({ same: 0, new: 0, changed: 0 });
});

test("consents that would turn round are counted with their reason, by the shop's own names", () => {
  const { add, result } = comparison({ attribute_names: { sms_consent: "texts_ok" } });
  const no = { texts_ok: false, sms_ineligible_reason: "opted_out" };
  add(no, { texts_ok: "true" });
  add(no, { sms_consent_status: "subscribed" });
  add(no, { texts_ok: false });
  add(no, {});
  add({ texts_ok: true, sms_consent_source: "checkout" }, { texts_ok: false });
  add({ texts_ok: true, sms_consent_source: "checkout" }, { texts_ok: 1 });
  expect(Object.fromEntries(result.lost)).toEqual({ opted_out: 2 });
  expect(Object.fromEntries(result.gained)).toEqual({ checkout: 1 });
});
