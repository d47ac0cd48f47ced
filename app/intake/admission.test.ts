import { expect, test } from "vitest";

import { createAdmission } from "./admission.ts";

const LIMITS = { requestsMax: 2, bytesMax: 100, waitMsMax: 4_000 };

test("beyond the limits nobody is let in, and who leaves makes room", () => {
  const admission = createAdmission(LIMITS);
  const first = { admittedAt: 0, heldBytes: 60 };
  expect(admission.enter(first)).toBe(true);
  expect(admission.enter({ admittedAt: 0, heldBytes: 41 })).toBe(false);
  expect(admission.enter({ admittedAt: 0, heldBytes: 40 })).toBe(true);
  expect(admission.enter({ admittedAt: 0, heldBytes: 0 })).toBe(false);
  admission.leave(first);
  admission.leave(first);
  expect(admission.enter({ admittedAt: 0, heldBytes: 60 })).toBe(true);
});

test("a request may grow into what room there is, and shrink always", () => {
  const admission = createAdmission(LIMITS);
  const request = { admittedAt: 0, heldBytes: 10 };
  admission.enter(request);
  expect(admission.hold(request, 100)).toBe(true);
  expect(admission.hold(request, 101)).toBe(false);
  expect(admission.hold(request, 5)).toBe(true);
  expect([request.heldBytes, admission.bytes()]).toEqual([5, 5]);
});

test("the overdue are those admitted four seconds ago, oldest first", () => {
  const admission = createAdmission(LIMITS);
  const old = { admittedAt: 0, heldBytes: 0 };
  admission.enter(old);
  admission.enter({ admittedAt: 1, heldBytes: 0 });
  expect(admission.overdue(3_999)).toEqual([]);
  expect(admission.overdue(4_000)).toEqual([old]);
});
