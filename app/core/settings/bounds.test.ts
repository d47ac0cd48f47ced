import { describe, expect, it, test } from "vitest";

import { ATTRIBUTE_NAMES, FIXED_NAMES, RESERVED_NAMES } from "./attribute-names.ts";
import { readConnection } from "./connection.ts";
import { isMode, MODES } from "./modes.ts";
import { readSettings } from "./schema.ts";
import { readSubmission } from "./submission.ts";

/** The sentences said of these settings, with their fields. */
function problemsOf(input: unknown): string[] {
  const reading = readSettings(input);
  return reading.ok ? [] : reading.problems.map(({ field, problem }) => `${field} ${problem}`);
}

function settingsOf(input: unknown) {
  const reading = readSettings(input);
  if (!reading.ok) throw new Error(`refused: ${JSON.stringify(reading.problems)}`);
  return reading.settings;
}

describe("a number has a least and a most, and both are allowed", () => {
  const SECONDS = [
    0,
    86_400,
    "must not be negative",
    "must be at most a day (86400 seconds)",
  ] as const;
  const WHOLE_SECONDS = "must be a whole number of seconds";

  test.each([
    ["superseded_after_days", 1, 3650, "must be at least 1 day", "must be at most 3650 days"],
    ["held_hours", 1, 720, "must be at least 1 hour", "must be at most 720 hours"],
    ["holdout_percent", 0, 50, "must be from 0 to 50", "must be from 0 to 50"],
  ] as const)("%s", (field, least, most, tooLittle, tooMuch) => {
    expect([settingsOf({ [field]: least })[field], settingsOf({ [field]: most })[field]]).toEqual([
      least,
      most,
    ]);
    expect(problemsOf({ [field]: least - 1 })).toEqual([`${field} ${tooLittle}`]);
    expect(problemsOf({ [field]: most + 1 })).toEqual([`${field} ${tooMuch}`]);
  });

  test.each(["checkout_started_at_latest_seconds", "phone_number_updated_seconds"])(
    "%s",
    (name) => {
      const [least, most, tooLittle, tooMuch] = SECONDS;
      const field = `quiet.${name}`;
      const of = (value: unknown) =>
        problemsOf({ quiet: { checkout_started_seconds: 0, [name]: value } });
      expect([of(least), of(most)]).toEqual([[], []]);
      expect(of(most + 1)).toEqual([`${field} ${tooMuch}`]);
      expect(of(0.5)).toEqual([`${field} ${WHOLE_SECONDS}`]);
      expect(of(least - 1)).toContain(`${field} ${tooLittle}`);
    },
  );

  it("and is whole where halves make no sense", () => {
    expect(problemsOf({ superseded_after_days: 1.5, held_hours: "1" })).toEqual([
      "superseded_after_days must be a whole number of days",
      "held_hours must be a whole number of hours",
    ]);
    expect(settingsOf({ holdout_percent: 12.5 }).holdout_percent).toBe(12.5);
    expect(problemsOf({ holdout_percent: "5" })).toEqual(["holdout_percent must be a number"]);
  });

  it("and the two quiet times may be equal", () => {
    const quiet = { checkout_started_seconds: 60, checkout_started_at_latest_seconds: 60 };
    expect(problemsOf({ quiet })).toEqual([]);
  });
});

describe("a source moved to another group", () => {
  const SOURCES = ["checkout", "order", "customer_account", "support", "billing_address"];
  const OTHERS = [
    "own_address",
    "staff",
    "pos",
    "import",
    "form",
    "form:popup",
    `form:${"x".repeat(40)}`,
  ];

  it.each([...SOURCES, ...OTHERS])("may be %s, in groups 3 to 6", (source) => {
    expect(settingsOf({ source_groups: { [source]: 3 } }).source_groups).toEqual({ [source]: 3 });
    expect(settingsOf({ source_groups: { [source]: 6 } }).source_groups).toEqual({ [source]: 6 });
  });

  it("is no other source, in whole words", () => {
    const unknown = ["", "checkouts", "my order", "form:", `form:${"x".repeat(41)}`, "form:Popup"];
    for (const source of [...unknown, "order:popup"])
      expect(problemsOf({ source_groups: { [source]: 3 } }), source).toEqual([
        `source_groups.${source} is not a source that can be moved: checkout, order, customer_account, support, form (or form:<name>), billing_address, own_address, staff, pos, import`,
      ]);
  });

  it("is in no other group", () => {
    expect(problemsOf({ source_groups: { order: 7 } })).toEqual([
      "source_groups.order must be a group from 3 to 6",
    ]);
    expect(problemsOf({ source_groups: { order: 3.5 } })).toEqual([
      "source_groups.order must be a group from 3 to 6",
    ]);
  });
});

describe("a choice", () => {
  test.each([
    ["shared_numbers", ["one", "all", "nobody"]],
    ["phone_attribute", ["always", "when_textable", "never"]],
    ["sms_provider", ["twilio", "customerio"]],
    ["address_by", ["email", "id"]],
    ["create_people", ["all", "customers", "never"]],
    ["event_names", ["snake_case", "title_case"]],
  ])("of %s is one of %j", (field, values) => {
    for (const value of values)
      expect(settingsOf({ [field]: value })).toMatchObject({ [field]: value });
    expect(problemsOf({ [field]: "other" })).toEqual([
      `${field} must be one of ${values.join(", ")}`,
    ]);
  });

  test.each(["double_opt_in", "transactional_sms", "cart_wording_required"])(
    "of %s is on or off",
    (field) => {
      for (const value of [true, false])
        expect(settingsOf({ [field]: value })).toMatchObject({ [field]: value });
      expect(problemsOf({ [field]: 1 })).toEqual([`${field} must be on or off`]);
    },
  );
});

describe("a list", () => {
  it("of countries is of known codes, each once, or null for all", () => {
    expect(settingsOf({ countries: null }).countries).toBeNull();
    expect(settingsOf({ countries: [] }).countries).toEqual([]);
    expect(settingsOf({ confirm_in: [" de", "DE", "at"] }).confirm_in).toEqual(["DE", "AT"]);
    expect(problemsOf({ default_country: 49 })).toEqual([
      "default_country must be a country code, such as US",
    ]);
  });

  it("of whom a test may write has at most 200 entries of 1 to 254 signs", () => {
    const entry = "x".repeat(254);
    expect(
      settingsOf({ test_list: Array.from({ length: 200 }, () => entry) }).test_list,
    ).toHaveLength(200);
    expect(settingsOf({ test_list: [` ${entry} `] }).test_list).toEqual([entry]);
    expect(problemsOf({ test_list: Array.from({ length: 201 }, () => "x") })).toEqual([
      "test_list must have at most 200 entries",
    ]);
    expect(problemsOf({ test_list: [" "] })).toEqual(["test_list.0 must not be empty"]);
    expect(problemsOf({ test_list: [`${entry}x`] })).toEqual(["test_list.0 is too long"]);
  });

  it("of the shop's own numbers has at most 200, each in international form as a whole", () => {
    const own = "+14155552671";
    expect(settingsOf({ own_numbers: [` ${own} `] }).own_numbers).toEqual([own]);
    expect(
      settingsOf({ own_numbers: Array.from({ length: 200 }, () => own) }).own_numbers,
    ).toHaveLength(200);
    expect(problemsOf({ own_numbers: Array.from({ length: 201 }, () => own) })).toEqual([
      "own_numbers must have at most 200 entries",
    ]);
    expect(problemsOf({ own_numbers: ["+1234567", "+123456789012345"] })).toEqual([]);
    for (const number of [
      "14155552671",
      "+04155552671",
      "+123456",
      "+1234567890123456",
      `${own} x5`,
      `tel${own}`,
    ])
      expect(problemsOf({ own_numbers: [number] }), number).toEqual([
        "own_numbers.0 must be in international form, such as +14155552671",
      ]);
  });

  it("of attributes that belong to others has each once, and no other attribute", () => {
    expect(settingsOf({ attributes_on: ["locale", "locale"] }).attributes_on).toEqual(["locale"]);
    expect(problemsOf({ attributes_on: ["phone"] })).toHaveLength(1);
  });
});

test("a value of a wrong kind is told by the kind that belongs there", () => {
  expect(problemsOf({ test_list: [5], source_groups: 5, quiet: null, countries: {} })).toEqual([
    "source_groups must be a record",
    "countries must be a list",
    "quiet must be an object",
    "test_list.0 must be text",
  ]);
});

describe("a wording", () => {
  const MARKETING = { v1: ["marketing"] };

  it("has a version of 1 to 80 signs", () => {
    const longest = "v".repeat(80);
    expect(settingsOf({ checkout_disclosure: ` ${longest} ` }).checkout_disclosure).toBe(longest);
    expect(settingsOf({ checkout_disclosure: null }).checkout_disclosure).toBeNull();
    expect(problemsOf({ checkout_disclosure: `${longest}v` })).toEqual([
      "checkout_disclosure must be at most 80 characters",
    ]);
    expect(problemsOf({ checkout_disclosure: " " })).toEqual([
      "checkout_disclosure must not be empty",
    ]);
    expect(problemsOf({ checkout_disclosure: 3 })).toEqual([
      "checkout_disclosure must be the version of a wording",
    ]);
    expect(problemsOf({ disclosures: { " ": ["marketing"] } })).toHaveLength(1);
  });

  it("lets a shop send for known purposes only, each once", () => {
    expect(settingsOf({ disclosures: MARKETING }).disclosures).toEqual(MARKETING);
    const all = ["marketing", "cart_reminders", "transactional"];
    expect(settingsOf({ disclosures: { v2: [...all, "marketing"] } }).disclosures).toEqual({
      v2: all,
    });
    expect(problemsOf({ disclosures: { v1: ["sales"] } })).toEqual([
      expect.stringMatching(/^disclosures\.v1\.0 must be /),
    ]);
  });

  it("is signed by a brand of at most 60 signs, without blanks around it", () => {
    expect(settingsOf({ brand: ` ${"x".repeat(60)} ` }).brand).toBe("x".repeat(60));
    expect(problemsOf({ brand: "x".repeat(61) })).toEqual(["brand must be at most 60 characters"]);
  });
});

describe("a renamed attribute", () => {
  const rename = (phone: string) => problemsOf({ attribute_names: { phone } });

  it("has a name of 1 to 150 signs, without blanks around it", () => {
    expect(settingsOf({ attribute_names: { phone: " mobile " } }).attribute_names).toEqual({
      phone: "mobile",
    });
    expect(rename("x".repeat(150))).toEqual([]);
    expect(rename("x".repeat(151))).toEqual([
      "attribute_names.phone must be at most 150 characters",
    ]);
    expect(rename(" ")).toEqual(["attribute_names.phone must not be empty"]);
    expect(problemsOf({ attribute_names: { phone: 5 } })).toEqual([
      "attribute_names.phone must be a name",
    ]);
  });

  it("never takes a name that means something else to Customer.io", () => {
    const meaning = [
      "id",
      "email",
      "cio_id",
      "anonymous_id",
      "unsubscribed",
      "created_at",
      "_update",
    ];
    const internal = [
      "cio_subscription_preferences",
      "cio_relationships",
      "_created_in_customerio_at",
    ];
    expect([...RESERVED_NAMES, ...FIXED_NAMES].sort()).toEqual([...meaning, ...internal].sort());
    for (const name of [...meaning, ...internal])
      expect(rename(name), name).toContain(
        "attribute_names.phone is a name that means something else to Customer.io",
      );
  });

  it("is one that we write, and not the email", () => {
    for (const name of ["email", "unknown", "toString"])
      expect(problemsOf({ attribute_names: { [name]: "x" } }), name).toEqual([
        `attribute_names.${name} is not an attribute that can be renamed`,
      ]);
    for (const name of ATTRIBUTE_NAMES.filter((one) => one !== "email"))
      expect(problemsOf({ attribute_names: { [name]: `my_${name}` } }), name).toEqual([]);
  });

  it("clashes with every other that is called the same, blanks aside", () => {
    expect(problemsOf({ attribute_names: { phone: "x", sms_consent: " x " } })).toEqual([
      "attribute_names.phone would write to x, which another attribute uses",
      "attribute_names.sms_consent would write to x, which another attribute uses",
    ]);
    expect(rename("phone")).toEqual([]);
  });
});

describe("a connection", () => {
  const KEYS = { site_id: "s", api_key: "k" };
  const problems = (input: unknown) => {
    const reading = readConnection(input);
    return reading.ok ? [] : reading.problems.map(({ field, problem }) => `${field} ${problem}`);
  };

  it("has keys of 1 to 200 printable signs", () => {
    expect(problems({ ...KEYS, api_key: "k".repeat(200) })).toEqual([]);
    expect(problems({ ...KEYS, api_key: "!~" })).toEqual([]);
    expect(problems({ ...KEYS, api_key: "k".repeat(201) })).toEqual([
      "api_key is longer than any key of Customer.io",
    ]);
    for (const api_key of ["ké", "k k", "k\u007f", "é", "k\u200b"])
      expect(problems({ ...KEYS, api_key }), api_key).toEqual([
        "api_key has a character that no key of Customer.io has; copy it again",
      ]);
    expect(problems({ api_key: "k" })).toEqual(["site_id is needed"]);
    expect(problems({ ...KEYS, app_key: 5 })).toEqual(["app_key must be text"]);
    expect(problems({ ...KEYS, app_key: "a b" })).toHaveLength(1);
  });

  it("is to one of two regions, and its further keys may be missing, null or blank", () => {
    const none = { app_key: null, signing_key: null, twilio_auth_token: null };
    const connection = { ...KEYS, region: "us", ...none };
    expect(readConnection(KEYS)).toEqual({ ok: true, connection });
    expect(readConnection({ ...KEYS, app_key: null, signing_key: " " })).toEqual({
      ok: true,
      connection,
    });
    const further = { app_key: " a ", signing_key: "b", twilio_auth_token: "c " };
    expect(readConnection({ ...KEYS, region: "eu", ...further })).toEqual({
      ok: true,
      connection: {
        ...KEYS,
        region: "eu",
        app_key: "a",
        signing_key: "b",
        twilio_auth_token: "c",
      },
    });
    expect(problems({ ...KEYS, twilio_auth_token: "x".repeat(201) })).toEqual([
      "twilio_auth_token is longer than any key of Twilio",
    ]);
    expect(problems({ ...KEYS, twilio_auth_token: "a b" })).toEqual([
      "twilio_auth_token has a character that no key of Twilio has; copy it again",
    ]);
    expect(problems({ ...KEYS, region: "asia" })).toEqual(["region must be one of us, eu"]);
    expect(problems({ ...KEYS, other: 1 })).toEqual(["other is not a setting"]);
  });
});

test("there are three modes", () => {
  expect([...MODES, "off", null, 0, ["live"]].filter(isMode)).toEqual(["observe", "test", "live"]);
});

test("what the page sends has its own bounds", () => {
  const keys = { site_id: "", api_key: "", app_key: "", signing_key: "", twilio_auth_token: "" };
  const save = {
    intent: "save",
    mode: "observe",
    settings: {},
    connection: { region: "us", ...keys },
  };
  expect(readSubmission(save)).toEqual(save);
  expect(readSubmission({ ...save, connection: { region: "eu" } })).toEqual({
    ...save,
    connection: { region: "eu", ...keys },
  });
  const typed = (site_id: string) => ({ ...save, connection: { ...save.connection, site_id } });
  expect(readSubmission(typed("x".repeat(1000)))).not.toBeNull();
  expect(readSubmission(typed("x".repeat(1001)))).toBeNull();
  expect(readSubmission({ ...save, more: 1 })).toBeNull();
  expect(readSubmission({ ...save, mode: "off" })).toBeNull();
  expect(
    readSubmission({ ...save, connection: { ...save.connection, region: "asia" } }),
  ).toBeNull();
  expect(readSubmission({ ...save, connection: { ...save.connection, more: 1 } })).toBeNull();
  expect(readSubmission({ intent: "disconnect" })).toEqual({ intent: "disconnect" });
  expect(readSubmission({ intent: "disconnect", more: 1 })).toBeNull();
});
