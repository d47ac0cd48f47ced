import { expect, test } from "vitest";
import { readConnection } from "./connection.ts";
import { readSettings } from "./schema.ts";

function problemsOf(input: unknown) {
  const reading = readSettings(input);
  return reading.ok ? [] : reading.problems;
}

test("an empty object is a complete policy with the documented defaults", () => {
  const reading = readSettings({});
  expect(reading).toEqual({
    ok: true,
    settings: {
      default_country: "US",
      superseded_after_days: 90,
      source_groups: {},
      shared_numbers: "one",
      phone_attribute: "always",
      countries: null,
      sms_provider: "twilio",
      address_by: "email",
      create_people: "all",
      confirm_in: ["DE", "AT"],
      double_opt_in: false,
      holdout_percent: 0,
      transactional_sms: false,
      cart_wording_required: true,
      disclosures: {},
      checkout_disclosure: null,
      brand: "",
      quiet: {
        checkout_started_seconds: 300,
        checkout_started_at_latest_seconds: 900,
        phone_number_updated_seconds: 300,
      },
      test_list: [],
      own_numbers: [],
      senders: [],
      attribute_names: {},
      event_names: "snake_case",
      attributes_on: [],
      held_hours: 72,
    },
  });
});

test("reading what was read changes nothing", () => {
  const first = readSettings({
    default_country: " de ",
    countries: ["us", "US", "ca"],
    quiet: { checkout_started_seconds: 1 },
  });
  if (!first.ok) throw new Error("expected settings");
  expect(first.settings.default_country).toBe("DE");
  expect(first.settings.countries).toEqual(["US", "CA"]);
  expect(readSettings(first.settings)).toEqual(first);
});

test("an unknown key is refused by name, wherever it stands", () => {
  expect(problemsOf({ shared_number: "one", quiet: { checkout: 3 } })).toEqual([
    { field: "quiet.checkout", problem: "is not a setting" },
    { field: "shared_number", problem: "is not a setting" },
  ]);
});

test.each([
  [
    { default_country: "UK" },
    "default_country",
    "must be a two-letter ISO 3166 country code, such as US",
  ],
  [{ superseded_after_days: "90" }, "superseded_after_days", "must be a whole number of days"],
  [
    { source_groups: { order: 2 } },
    "source_groups.order",
    "must be a group from 3 to 6: groups 1 and 2 are for proved and ticked numbers only",
  ],
  [{ shared_numbers: "some" }, "shared_numbers", "must be one of one, all, nobody"],
  [{ countries: "US" }, "countries", "must be a list"],
  [
    { countries: ["US", "ZZ"] },
    "countries.1",
    "must be a two-letter ISO 3166 country code, such as US",
  ],
  [{ holdout_percent: 51 }, "holdout_percent", "must be from 0 to 50"],
  [{ double_opt_in: "yes" }, "double_opt_in", "must be on or off"],
  [
    { own_numbers: ["(415) 555-2671"] },
    "own_numbers.0",
    "must be in international form, such as +14155552671",
  ],
  [
    { attribute_names: { phone: "unsubscribed" } },
    "attribute_names.phone",
    "is a name that means something else to Customer.io",
  ],
  [
    { attribute_names: { email: "mail" } },
    "attribute_names.email",
    "is not an attribute that can be renamed",
  ],
  [
    { attribute_names: { phone: "sms_consent" } },
    "attribute_names.phone",
    "would write to sms_consent, which another attribute uses",
  ],
  [
    { quiet: { checkout_started_seconds: 600, checkout_started_at_latest_seconds: 500 } },
    "quiet.checkout_started_at_latest_seconds",
    "must not be shorter than the quiet time before checkout_started",
  ],
  [null, "", "must be an object"],
  [[], "", "must be an object"],
])("%j is refused beside its field", (input, field, problem) => {
  expect(problemsOf(input)).toEqual([{ field, problem }]);
});

test("a delivery contact cannot be moved into a group that wins", () => {
  expect(problemsOf({ source_groups: { delivery_contact: 3 } })[0]?.field).toBe(
    "source_groups.delivery_contact",
  );
});

test("attribute names may be swapped as long as each stays its own", () => {
  expect(readSettings({ attribute_names: { phone: "sms_phone", sms_consent: "phone" } }).ok).toBe(
    true,
  );
});

test("a connection needs the track keys, and an empty optional key is none", () => {
  expect(readConnection({ site_id: "s", api_key: " k ", app_key: "" })).toEqual({
    ok: true,
    connection: {
      region: "us",
      site_id: "s",
      api_key: "k",
      app_key: null,
      signing_key: null,
      twilio_auth_token: null,
    },
  });
  expect(readConnection({ site_id: "", api_key: "a b" })).toEqual({
    ok: false,
    problems: [
      { field: "site_id", problem: "is needed" },
      {
        field: "api_key",
        problem: "has a character that no key of Customer.io has; copy it again",
      },
    ],
  });
});
