import { describe, expect, it } from "vitest";

import { isPlaceholder, looksMadeUp } from "./placeholders.ts";

describe("a number that exists", () => {
  it("is a placeholder when it is one digit over and over, in any country", () => {
    expect(isPlaceholder("1", "2222222222")).toBe(true);
    expect(isPlaceholder("44", "7777777")).toBe(true);
    expect(isPlaceholder("44", "777777")).toBe(false);
    expect(isPlaceholder("49", "17777777777")).toBe(false);
    expect(isPlaceholder("49", "77777777771")).toBe(false);
  });

  it("is a placeholder from 555-0100 to 555-0199, in every area of the North American plan only", () => {
    for (const national of ["2025550100", "4155550143", "8765550199"])
      expect(isPlaceholder("1", national)).toBe(true);
    expect(isPlaceholder("1", "2025550200")).toBe(false);
    expect(isPlaceholder("1", "2025560143")).toBe(false);
    expect(isPlaceholder("44", "2025550143")).toBe(false);
    expect(isPlaceholder("1", "20255501430")).toBe(false);
    expect(isPlaceholder("1", "12025550143")).toBe(false);
  });
});

describe("digits that make no number", () => {
  it("are made up when they count up or down, or repeat one digit with or without the 1 before it", () => {
    const counted = ["1234567", "12345678", "123456789", "1234567890", "0123456789", "12345678901"];
    for (const digits of [...counted, "9876543210", "0987654321", "5555555", "15555555555"])
      expect(looksMadeUp(digits), digits).toBe(true);
  });

  it("are made up when they are the fiction's numbers without their area", () => {
    expect(looksMadeUp("5550100")).toBe(true);
    expect(looksMadeUp("5550199")).toBe(true);
    expect(looksMadeUp("5550200")).toBe(false);
    expect(looksMadeUp("15550100")).toBe(false);
    expect(looksMadeUp("55501000")).toBe(false);
  });

  it("are a mere mistake otherwise", () => {
    for (const digits of [
      "",
      "555555",
      "1555555555",
      "155555555555",
      "25555555555",
      "215555555555",
      "1234568",
    ])
      expect(looksMadeUp(digits), digits).toBe(false);
  });
});
