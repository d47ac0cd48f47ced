import { expect, test } from "vitest";
import { readSettings } from "../settings/schema.ts";
import { permissionNames, undoingOf } from "./put-back.ts";

const NOTHING: ReadonlySet<string> = new Set();

test("what stood before is told again, and what Ringtrue added is removed", () => {
  expect(
    undoingOf(
      ["phone", "sms_consent", "orders_count"],
      { phone: "+1", sms_consent: false },
      NOTHING,
    ),
  ).toEqual({
    attributes: { phone: "+1", sms_consent: false, orders_count: null },
    putBack: 2,
    removed: 1,
    withheld: 0,
  });
});

test("what stood there and was never written over is not touched", () => {
  expect(undoingOf(["phone"], { phone: "+1", timezone: "UTC" }, NOTHING).attributes).toEqual({
    phone: "+1",
  });
});

test("of somebody nobody looked at, only what Ringtrue wrote is removed", () => {
  expect(undoingOf(["phone", "sms_consent"], null, NOTHING)).toEqual({
    attributes: { phone: null, sms_consent: null },
    putBack: 0,
    removed: 2,
    withheld: 0,
  });
});

test("what names a profile or unsubscribes it is never among it", () => {
  const names = ["email", "id", "cio_id", "unsubscribed", "created_at", "phone"];
  expect(
    Object.keys(undoingOf(names, { id: "7", unsubscribed: true }, NOTHING).attributes),
  ).toEqual(["phone"]);
});

test("an old yes does not come back to somebody who said stop: where one stood, the no stays", () => {
  const reading = readSettings({ attribute_names: { sms_consent: "texts_ok" } });
  const withheld = permissionNames(reading.ok ? reading.settings : readSettingsFailed());
  const before = { texts_ok: true, phone: "+1" };
  expect(undoingOf(["texts_ok", "phone", "sms_eligible"], before, withheld)).toEqual({
    attributes: { phone: "+1", sms_eligible: null },
    putBack: 1,
    removed: 1,
    withheld: 1,
  });
});

function readSettingsFailed(): never {
  throw new Error("these settings are valid");
}
