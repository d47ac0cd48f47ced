import { expect, test } from "vitest";
import { driftOf, type ProfileRead } from "./drift.ts";

const TOLD = { email: "ada@example.com", phone: "+14155552671", sms_consent: true };
const STAMP = 1_790_000_000;

function read(attributes: Record<string, unknown>, more: Partial<ProfileRead> = {}): ProfileRead {
  return { attributes, timestamps: {}, emailIsAnothers: false, ...more };
}

test("a profile that holds what was told agrees, however Customer.io writes it", () => {
  const attributes = { email: "Ada@Example.com", phone: "+14155552671", sms_consent: "true", x: 1 };
  expect(driftOf(TOLD, STAMP, read(attributes))).toBeNull();
});

test("an attribute that is not there differs, and is named", () => {
  const { phone, ...attributes } = TOLD;
  expect(phone).toBe("+14155552671");
  expect(driftOf(TOLD, STAMP, read(attributes))).toEqual({
    reason: "attribute_differs",
    names: ["phone"],
  });
});

test("what was written for a later second was written by others", () => {
  const attributes = { ...TOLD, phone: "+14155552699" };
  const timestamps = { phone: STAMP + 1 };
  expect(driftOf(TOLD, STAMP, read(attributes, { timestamps }))?.reason).toBe("changed_by_others");
  expect(driftOf(TOLD, STAMP, read(attributes))?.reason).toBe("attribute_differs");
});

test("an email that another profile has is a conflict of identifiers", () => {
  const attributes = { ...TOLD, email: "old@example.com" };
  expect(driftOf(TOLD, STAMP, read(attributes, { emailIsAnothers: true }))).toEqual({
    reason: "identifier_conflict",
    names: ["email"],
  });
});
