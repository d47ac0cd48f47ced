import { describe, expect, it } from "vitest";
import type { Connection } from "./connection.ts";
import { readSettings } from "./schema.ts";
import { decideSubmission, readSubmission, type ShopPolicy } from "./submission.ts";

const SAVED: Connection = {
  region: "us",
  site_id: "site",
  api_key: "key",
  app_key: "app",
  signing_key: null,
  twilio_auth_token: null,
};

function shop(connection: Connection | null): ShopPolicy {
  const reading = readSettings({});
  if (!reading.ok) throw new Error("the defaults must be valid");
  return { mode: "live", settings: reading.settings, connection };
}

/** What comes of keys typed into the page: the connection then, or the problems. */
function typed(before: Connection | null, keys: object, mode = "observe"): unknown {
  const connection = { region: "us", ...keys };
  const submission = readSubmission({ intent: "save", mode, settings: {}, connection });
  if (!submission) throw new Error("expected a submission");
  const decided = decideSubmission(shop(before), submission);
  if (decided.ok) return decided.policy.connection;
  return decided.problems.map(({ field, problem }) => `${field} ${problem}`);
}

describe("the keys of a connected shop", () => {
  it("stay as they are when nothing is typed, or nothing but blanks", () => {
    expect(typed(SAVED, {})).toEqual(SAVED);
    expect(typed(SAVED, { site_id: " ", api_key: "\t", app_key: "  ", signing_key: " " })).toEqual(
      SAVED,
    );
    expect(typed(SAVED, {}, "live")).toEqual(SAVED);
  });

  it("change one by one, except that another workspace needs both of its keys", () => {
    expect(typed(SAVED, { signing_key: "sign" })).toEqual({ ...SAVED, signing_key: "sign" });
    expect(typed(SAVED, { api_key: "new" })).toEqual({ ...SAVED, api_key: "new" });
    expect(typed(SAVED, { site_id: "other", api_key: "new" })).toEqual({
      ...SAVED,
      site_id: "other",
      api_key: "new",
    });
    expect(typed(SAVED, { site_id: "other" })).toEqual([
      "connection.api_key is needed together with a new site ID",
    ]);
  });
});

describe("the keys of a shop that is not connected", () => {
  it("are none when nothing is typed, which only observing goes with", () => {
    expect(typed(null, { site_id: " " })).toBeNull();
    for (const mode of ["test", "live"])
      expect(typed(null, {}, mode)).toEqual(["mode needs a connection to Customer.io first"]);
  });

  it("are asked for by name when one is typed, and the mode is no problem of its own then", () => {
    expect(typed(null, { site_id: "s" }, "live")).toEqual(["connection.api_key is needed"]);
    expect(typed(null, { api_key: "k" })).toEqual(["connection.site_id is needed"]);
    expect(typed(null, { site_id: "s", api_key: "k" }, "live")).toEqual({
      region: "us",
      site_id: "s",
      api_key: "k",
      app_key: null,
      signing_key: null,
      twilio_auth_token: null,
    });
  });
});
