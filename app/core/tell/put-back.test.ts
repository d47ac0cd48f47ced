import { expect, test } from "vitest";
import { undoingOf } from "./put-back.ts";

test("what stood before is told again, and what Ringtrue added is removed", () => {
  expect(
    undoingOf(["phone", "sms_consent", "orders_count"], { phone: "+1", sms_consent: false }),
  ).toEqual({
    attributes: { phone: "+1", sms_consent: false, orders_count: null },
    putBack: 2,
    removed: 1,
  });
});

test("what stood there and was never written over is not touched", () => {
  expect(undoingOf(["phone"], { phone: "+1", timezone: "UTC" }).attributes).toEqual({
    phone: "+1",
  });
});

test("of somebody nobody looked at, only what Ringtrue wrote is removed", () => {
  expect(undoingOf(["phone", "sms_consent"], null)).toEqual({
    attributes: { phone: null, sms_consent: null },
    putBack: 0,
    removed: 2,
  });
});

test("what names a profile or unsubscribes it is never among it", () => {
  const names = ["email", "id", "cio_id", "unsubscribed", "created_at", "phone"];
  expect(Object.keys(undoingOf(names, { id: "7", unsubscribed: true }).attributes)).toEqual([
    "phone",
  ]);
});
