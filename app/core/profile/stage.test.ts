import { expect, test } from "vitest";
import type { Profile } from "./profile.ts";
import { STAGES, stageOf } from "./stage.ts";

const consent = { status: "not_subscribed" } as Profile["consent"];
const subscribed = { status: "subscribed" } as Profile["consent"];
const phone = { e164: "+14155552671" } as Profile["phone"];

test.each([
  ["shopper", { phone: null, unreadable: false, consent }, false],
  ["number", { phone: null, unreadable: true, consent }, false],
  ["valid_number", { phone, unreadable: false, consent }, false],
  ["consented", { phone, unreadable: false, consent: subscribed }, false],
  ["eligible", { phone, unreadable: false, consent: subscribed }, true],
] as const)("a person comes as far as %s by what is known of them", (name, profile, isEligible) => {
  expect(STAGES[stageOf(profile, isEligible)]).toBe(name);
});
