import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { expect, it } from "vitest";

import { canTakePictures, canTakeTexts, factsOf } from "./number-facts.ts";

it("rules texts out for fixed lines, service numbers and pagers, and for nothing else", () => {
  for (const type of ["fixed_line", "toll_free", "premium_rate", "shared_cost"] as const)
    expect(canTakeTexts(type, null), type).toBe(false);
  for (const type of ["pager", "uan", "voicemail"] as const)
    expect(canTakeTexts(type, null), type).toBe(false);
  for (const type of ["mobile", "fixed_line_or_mobile", "voip", "personal_number"] as const)
    expect(canTakeTexts(type, null), type).toBe(true);
  expect(canTakeTexts(null, null)).toBe(true);
});

it("rules texts out where an extension stands between", () => {
  expect(canTakeTexts("mobile", "5")).toBe(false);
  expect(canTakeTexts(null, "5")).toBe(false);
});

it("offers pictures in the US and Canada only", () => {
  expect(["US", "CA", "PR", "GB", null].filter(canTakePictures)).toEqual(["US", "CA"]);
});

it("says the plan's types in our words", () => {
  const number = parsePhoneNumberFromString("+14155552671");
  if (number === undefined) throw new Error("the plan has lost San Francisco");
  expect(factsOf(number, "SHARED_COST")).toMatchObject({ type: "shared_cost", mms: false });
  expect(factsOf(number, "VOICEMAIL")).toMatchObject({ type: "voicemail", mms: false });
  expect(factsOf(number, "UAN")).toMatchObject({ type: "uan", takesTexts: false });
  expect(factsOf(number, "MOBILE")).toMatchObject({ type: "mobile", mms: true });
});
