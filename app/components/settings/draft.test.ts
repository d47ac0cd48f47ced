import { expect, test } from "vitest";
import { readConnection } from "#app/core/settings/connection.ts";
import { readSettings } from "#app/core/settings/schema.ts";
import { decideSubmission, readSubmission } from "#app/core/settings/submission.ts";
import {
  findProblem,
  nameAttribute,
  startDraft,
  summarizeConnection,
  switchAttribute,
  toSubmission,
  type SettingsPage,
} from "./draft.ts";

function page(): SettingsPage {
  const settings = readSettings({});
  if (!settings.ok) throw new Error("the defaults must be valid");
  return { mode: "observe", settings: settings.settings, connection: null };
}

test("a page sent back as it came changes nothing", () => {
  const { mode, settings } = page();
  const submission = readSubmission(toSubmission(startDraft(page())));
  if (!submission) throw new Error("the page must send what the action reads");
  const current = { mode, settings, connection: null };
  expect(decideSubmission(current, submission)).toEqual({ ok: true, policy: current });
});

test("what the browser learns of a connection holds no key", () => {
  const reading = readConnection({ site_id: "hush-1", api_key: "hush-2", app_key: "hush-3" });
  if (!reading.ok) throw new Error("expected a connection");
  const summary = summarizeConnection(reading.connection);
  expect(summary).toEqual({
    region: "us",
    saved: {
      site_id: true,
      api_key: true,
      app_key: true,
      signing_key: false,
      twilio_auth_token: false,
    },
  });
  expect(JSON.stringify(startDraft({ ...page(), connection: summary }))).not.toContain("hush");
});

test("a text that is no number is refused beside its field, in a sentence", () => {
  const draft = { ...startDraft(page()), superseded_after_days: "soon" };
  const submission = readSubmission(toSubmission(draft));
  if (!submission) throw new Error("expected a submission");
  const { mode, settings } = page();
  const decided = decideSubmission({ mode, settings, connection: null }, submission);
  const problems = decided.ok ? [] : decided.problems;
  expect(findProblem(problems, "settings.superseded_after_days", "This")).toBe(
    "This must be a whole number of days",
  );
  expect(findProblem(problems, "settings.default_country", "This")).toBe(false);
});

test("attributes named and switched on are saved, and an emptied name is the default again", () => {
  const draft = {
    ...startDraft(page()),
    attribute_names: nameAttribute(nameAttribute({}, "phone", "sms_phone"), "email", ""),
    attributes_on: switchAttribute([], "timezone", true),
  };
  const submission = readSubmission(toSubmission(draft));
  if (!submission) throw new Error("expected a submission");
  const { mode, settings } = page();
  const decided = decideSubmission({ mode, settings, connection: null }, submission);
  expect(decided.ok && decided.policy.settings).toMatchObject({
    attribute_names: { phone: "sms_phone" },
    attributes_on: ["timezone"],
  });
  expect(nameAttribute(draft.attribute_names, "phone", "")).toEqual({});
});

test("switching an attribute on and off again changes nothing", () => {
  const saved = switchAttribute(switchAttribute([], "locale", true), "timezone", true);
  expect(saved).toEqual(["timezone", "locale"]);
  const again = switchAttribute(switchAttribute(saved, "timezone", false), "timezone", true);
  expect(again).toEqual(saved);
});
