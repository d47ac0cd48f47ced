import { expect, it } from "vitest";

import { whyInvalid } from "./why-invalid.ts";

it("calls three to six digits a short code, unless a plus says that they start with a country", () => {
  expect(whyInvalid("12", false, "US")).toBe("too_short");
  expect(whyInvalid("911", false, "US")).toBe("short_code");
  expect(whyInvalid("741741", false, "US")).toBe("short_code");
  expect(whyInvalid("911", true, null)).toBe("too_short");
  expect(whyInvalid("741741", true, null)).toBe("too_short");
  expect(whyInvalid("7417412", false, "US")).toBe("too_short");
});

it("calls more than twenty digits too long, whatever they start with", () => {
  expect(whyInvalid("379".padEnd(21, "12"), true, null)).toBe("too_long");
  expect(whyInvalid("379".padEnd(20, "12"), true, null)).toBe("unknown_country_code");
});

it("measures a national number by the plan of its country, and a marked one by its own", () => {
  expect(whyInvalid("442071838750", false, "US")).toBe("too_long");
  expect(whyInvalid("442071838750", true, "US")).toBe("not_in_use");
  expect(whyInvalid("442071838750", false, null)).toBe("not_in_use");
  expect(whyInvalid("4420718387501234", true, null)).toBe("too_long");
  expect(whyInvalid("4420718387501234", false, null)).toBe("too_long");
  expect(whyInvalid("4420718", true, null)).toBe("too_short");
});

it("blames the country code only where one was marked", () => {
  expect(whyInvalid("3791234567", true, null)).toBe("unknown_country_code");
  expect(whyInvalid("3791234567", false, null)).toBe("not_in_use");
});

it("says that a number was made up before anything else", () => {
  expect(whyInvalid("1".repeat(30), true, null)).toBe("placeholder");
});
