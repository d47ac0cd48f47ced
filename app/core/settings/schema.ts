/**
 * A shop's settings: one schema for the settings page, its action and the command line, so that no
 * door lets in what another refuses. Every field has a default, which makes `{}` a complete policy;
 * an unknown key is refused, because a misspelt setting that is quietly ignored is a policy nobody
 * has. What the fields mean stands in docs/settings.md; times are in seconds, hours or days as
 * their names say.
 */
import { z } from "zod";
import {
  ATTRIBUTE_NAMES,
  FIXED_NAMES,
  OPTIONAL_ATTRIBUTES,
  RESERVED_NAMES,
} from "./attribute-names.ts";
import { COUNTRIES } from "./countries.ts";
import { CONSENT_PURPOSES } from "../heard.ts";
import { describeProblems, type Problem } from "./problems.ts";

const ONE_DAY_SECONDS = 86_400;
const E164 = /^\+[1-9]\d{6,14}$/;
const SENDER = /^(\+[1-9]\d{6,14}|\d{3,8})$/;
const MOVABLE_SOURCE =
  /^(checkout|order|customer_account|support|billing_address|own_address|staff|pos|import|form(:[a-z0-9_-]{1,40})?)$/;

const country = z
  .string("must be a country code, such as US")
  .trim()
  .toUpperCase()
  .refine((code) => COUNTRIES.includes(code), {
    error: "must be a two-letter ISO 3166 country code, such as US",
  });

const countryList = z.array(country).transform((codes) => [...new Set(codes)]);

const seconds = (fallback: number) =>
  z
    .int("must be a whole number of seconds")
    .min(0, "must not be negative")
    .max(ONE_DAY_SECONDS, "must be at most a day (86400 seconds)")
    .default(fallback);

const sourceGroups = z
  .record(
    z.string().regex(MOVABLE_SOURCE, {
      error:
        "is not a source that can be moved: checkout, order, customer_account, support, form (or form:<name>), billing_address, own_address, staff, pos, import",
    }),
    z
      .int("must be a group from 3 to 6")
      .min(3, "must be a group from 3 to 6: groups 1 and 2 are for proved and ticked numbers only")
      .max(6, "must be a group from 3 to 6"),
  )
  .default({});

const attributeNames = z
  .record(
    z
      .string()
      .refine((name) => isMappable(name), { error: "is not an attribute that can be renamed" }),
    z
      .string("must be a name")
      .trim()
      .min(1, "must not be empty")
      .max(150, "must be at most 150 characters")
      .refine((name) => !isReserved(name), {
        error: "is a name that means something else to Customer.io",
      }),
  )
  .default({})
  .superRefine((names, context) => {
    for (const [name, target] of findClashes(names)) {
      context.addIssue({
        code: "custom",
        path: [name],
        message: `would write to ${target}, which another attribute uses`,
      });
    }
  });

const quiet = z
  .strictObject({
    checkout_started_seconds: seconds(300),
    checkout_started_at_latest_seconds: seconds(900),
    phone_number_updated_seconds: seconds(300),
  })
  .refine((times) => times.checkout_started_at_latest_seconds >= times.checkout_started_seconds, {
    path: ["checkout_started_at_latest_seconds"],
    error: "must not be shorter than the quiet time before checkout_started",
  })
  .prefault({});

const version = z
  .string("must be the version of a wording")
  .trim()
  .min(1, "must not be empty")
  .max(80, "must be at most 80 characters");

const disclosures = z
  .record(
    version,
    z
      .array(
        z.enum(CONSENT_PURPOSES, {
          error: "must be marketing, cart_reminders or transactional",
        }),
      )
      .transform((purposes) => [...new Set(purposes)]),
  )
  .default({});

export const settingsSchema = z.strictObject({
  /** The country a number is read in when nothing nearer says one. */
  default_country: country.default("US"),
  /** How long a proved or ticked number holds against a newer typed one. */
  superseded_after_days: z
    .int("must be a whole number of days")
    .min(1, "must be at least 1 day")
    .max(3650, "must be at most 3650 days")
    .default(90),
  /** Sources moved away from their own group; only groups 3 to 6 can be reordered. */
  source_groups: sourceGroups,
  /** Who is eligible when several shoppers have one number: the latest own grant, all, or nobody. */
  shared_numbers: z.enum(["one", "all", "nobody"]).default("one"),
  /** When `phone` is written: always, only while the number may be texted, or never. */
  phone_attribute: z.enum(["always", "when_textable", "never"]).default("always"),
  /** Countries that may be texted; null means all. */
  countries: countryList.nullable().default(null),
  sms_provider: z.enum(["twilio", "customerio"]).default("twilio"),
  address_by: z.enum(["email", "id"]).default("email"),
  create_people: z.enum(["all", "customers", "never"]).default("all"),
  /** Countries where a tick counts only once it was confirmed by text. */
  confirm_in: countryList.default(["DE", "AT"]),
  /** Ask for confirmation everywhere. */
  double_opt_in: z.boolean("must be on or off").default(false),
  holdout_percent: z
    .number("must be a number")
    .min(0, "must be from 0 to 50")
    .max(50, "must be from 0 to 50")
    .default(0),
  /** Order updates may be texted to those who gave a number and never said stop. */
  transactional_sms: z.boolean("must be on or off").default(false),
  /** In US and CA, cart reminders need a wording that names them. */
  cart_wording_required: z.boolean("must be on or off").default(true),
  /** What each version of the shop's wordings lets it send; a version never named: marketing only. */
  disclosures,
  /** The version of the wording beside the SMS tick of the checkout. */
  checkout_disclosure: version.nullable().default(null),
  /** How the shop calls itself in a text that asks for a confirmation. */
  brand: z.string().trim().max(60, "must be at most 60 characters").default(""),
  quiet,
  /** Whom mode `test` may write: emails, numbers in E.164 or Shopify customer ids. */
  test_list: z
    .array(z.string().trim().min(1, "must not be empty").max(254, "is too long"))
    .max(200, "must have at most 200 entries")
    .default([]),
  /** The shop's own numbers, which never win for anybody. */
  own_numbers: z
    .array(z.string().trim().regex(E164, "must be in international form, such as +14155552671"))
    .max(200, "must have at most 200 entries")
    .default([]),
  /** The numbers and short codes the shop texts from: their lists are kept, and they never win for anybody. */
  senders: z
    .array(
      z
        .string()
        .trim()
        .regex(SENDER, "must be a number in international form, or a short code such as 24365"),
    )
    .max(50, "must have at most 50 entries")
    .default([])
    .transform((senders) => [...new Set(senders)]),
  /** Default name → the name this workspace uses for it. */
  attribute_names: attributeNames,
  event_names: z.enum(["snake_case", "title_case"]).default("snake_case"),
  /** Attributes that belong to others and are written only when named here. */
  attributes_on: z
    .array(z.enum(OPTIONAL_ATTRIBUTES))
    .default([])
    .transform((names) => [...new Set(names)]),
  /** How long a shopper without an email or customer id is kept waiting for one. */
  held_hours: z
    .int("must be a whole number of hours")
    .min(1, "must be at least 1 hour")
    .max(720, "must be at most 720 hours")
    .default(72),
});

export type Settings = z.output<typeof settingsSchema>;

export type SettingsReading = { ok: true; settings: Settings } | { ok: false; problems: Problem[] };

/**
 * Reads settings from any door, filling in defaults. Problems name their field by its path
 * (`quiet.checkout_started_seconds`, `countries.2`); the path is empty when the whole is no object.
 */
export function readSettings(input: unknown): SettingsReading {
  const parsed = settingsSchema.safeParse(input);
  if (parsed.success) return { ok: true, settings: parsed.data };
  return { ok: false, problems: describeProblems(parsed.error) };
}

/** Also whatever Customer.io may come to mean by a name like its own. */
function isReserved(name: string): boolean {
  return RESERVED_NAMES.includes(name) || FIXED_NAMES.includes(name) || /^(_|cio_)/i.test(name);
}

function isMappable(name: string): boolean {
  return ATTRIBUTE_NAMES.some((known) => known === name) && !FIXED_NAMES.includes(name);
}

/** Two attributes under one name would overwrite each other at every telling. */
function findClashes(names: Record<string, string>): [name: string, target: string][] {
  const nameOf = (name: string) => names[name]?.trim() ?? name;
  return Object.keys(names)
    .filter((name) =>
      ATTRIBUTE_NAMES.some((other) => other !== name && nameOf(other) === nameOf(name)),
    )
    .map((name) => [name, nameOf(name)]);
}
