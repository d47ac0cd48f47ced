import { expect, test } from "vitest";
import type { Connection } from "./connection.ts";
import { readSettings, type Settings } from "./schema.ts";
import {
  decideSubmission,
  readSubmission,
  type ShopPolicy,
  type Submission,
} from "./submission.ts";

const CONNECTION: Connection = {
  region: "us",
  site_id: "site",
  api_key: "key",
  app_key: "app",
  signing_key: null,
  twilio_auth_token: null,
};

function defaults(): Settings {
  const reading = readSettings({ own_numbers: ["+14155550100"] });
  if (!reading.ok) throw new Error("the defaults must be valid");
  return reading.settings;
}

function shop(connection: Connection | null): ShopPolicy {
  return { mode: "observe", settings: defaults(), connection };
}

function save(change: object): Submission {
  const submission = readSubmission({
    intent: "save",
    mode: "observe",
    settings: {},
    connection: { region: "us", site_id: "", api_key: "", app_key: "", signing_key: "" },
    ...change,
  });
  if (!submission) throw new Error("expected a submission");
  return submission;
}

test("what the page does not show stays as it is", () => {
  const decided = decideSubmission(shop(null), save({ settings: { default_country: "DE" } }));
  expect(decided).toEqual({
    ok: true,
    policy: {
      mode: "observe",
      connection: null,
      settings: { ...defaults(), default_country: "DE" },
    },
  });
});

test("an empty key keeps the saved one, and a typed one replaces it", () => {
  const typed = { region: "eu", site_id: "", api_key: " new ", app_key: "", signing_key: "sign" };
  const decided = decideSubmission(shop(CONNECTION), save({ mode: "live", connection: typed }));
  expect(decided.ok && decided.policy).toMatchObject({
    mode: "live",
    connection: {
      region: "eu",
      site_id: "site",
      api_key: "new",
      app_key: "app",
      signing_key: "sign",
      twilio_auth_token: null,
    },
  });
});

test("another workspace needs its own API key", () => {
  const typed = { region: "us", site_id: "other", api_key: "", app_key: "", signing_key: "" };
  expect(decideSubmission(shop(CONNECTION), save({ connection: typed }))).toEqual({
    ok: false,
    problems: [{ field: "connection.api_key", problem: "is needed together with a new site ID" }],
  });
});

test("every problem is told at once, each under the page's own name of its field", () => {
  const typed = { region: "us", site_id: "s", api_key: "", app_key: "", signing_key: "" };
  const decided = decideSubmission(
    shop(null),
    save({ settings: { superseded_after_days: null, nonsense: 1 }, connection: typed }),
  );
  expect(decided.ok ? [] : decided.problems.map((problem) => problem.field)).toEqual([
    "settings.superseded_after_days",
    "settings.nonsense",
    "connection.api_key",
  ]);
});

test("nothing is written for a shop that is not connected", () => {
  expect(decideSubmission(shop(null), save({ mode: "live" }))).toEqual({
    ok: false,
    problems: [{ field: "mode", problem: "needs a connection to Customer.io first" }],
  });
});

test("disconnecting forgets the keys and stops the writing, and keeps the settings", () => {
  const decided = decideSubmission({ ...shop(CONNECTION), mode: "live" }, { intent: "disconnect" });
  expect(decided).toEqual({ ok: true, policy: shop(null) });
});

test.each([null, {}, { intent: "save" }, { intent: "other" }, [], "save"])(
  "%j is nothing the page sends",
  (input) => {
    expect(readSubmission(input)).toBeNull();
  },
);
