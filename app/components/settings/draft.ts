/**
 * What stands in the fields of the settings page while somebody edits them: texts, as typed. Only
 * the action says whether they are settings.
 */
import type { Connection } from "#app/core/settings/connection.ts";
import type { Mode } from "#app/core/settings/modes.ts";
import type { Problem } from "#app/core/settings/problems.ts";
import type { Settings } from "#app/core/settings/schema.ts";
import { OPTIONAL_ATTRIBUTES, type OptionalName } from "#app/core/tell/catalogue.ts";

export type KeyName = Exclude<keyof Connection, "region">;

/** Of the connection the browser learns the region and which keys are saved: never a key. */
export type ConnectionSummary = { region: Connection["region"]; saved: Record<KeyName, boolean> };

export type SettingsPage = { mode: Mode; settings: Settings; connection: ConnectionSummary | null };

type QuietName = keyof Settings["quiet"];

export type Draft = {
  mode: Mode;
  connection: { region: Connection["region"] } & Record<KeyName, string>;
  default_country: string;
  phone_attribute: Settings["phone_attribute"];
  shared_numbers: Settings["shared_numbers"];
  superseded_after_days: string;
  quiet: Record<QuietName, string>;
  /** By default name; without an entry it keeps that. */
  attribute_names: Record<string, string>;
  attributes_on: OptionalName[];
};

export function summarizeConnection(connection: Connection | null): ConnectionSummary | null {
  if (!connection) return null;
  const { region, ...keys } = connection;
  return {
    region,
    saved: {
      site_id: keys.site_id !== "",
      api_key: keys.api_key !== "",
      app_key: keys.app_key !== null,
      signing_key: keys.signing_key !== null,
      twilio_auth_token: keys.twilio_auth_token !== null,
    },
  };
}

/** Keys start empty, whether saved or not: empty means "as it is". */
export function startDraft({ mode, settings, connection }: SettingsPage): Draft {
  const { quiet } = settings;
  return {
    mode,
    connection: {
      region: connection?.region ?? "us",
      site_id: "",
      api_key: "",
      app_key: "",
      signing_key: "",
      twilio_auth_token: "",
    },
    default_country: settings.default_country,
    phone_attribute: settings.phone_attribute,
    shared_numbers: settings.shared_numbers,
    superseded_after_days: String(settings.superseded_after_days),
    quiet: {
      checkout_started_seconds: String(quiet.checkout_started_seconds),
      checkout_started_at_latest_seconds: String(quiet.checkout_started_at_latest_seconds),
      phone_number_updated_seconds: String(quiet.phone_number_updated_seconds),
    },
    attribute_names: settings.attribute_names,
    attributes_on: settings.attributes_on,
  };
}

/** An emptied field gives the attribute its default name back. */
export function nameAttribute(
  names: Readonly<Record<string, string>>,
  name: string,
  text: string,
): Record<string, string> {
  const others = Object.entries(names).filter(([other]) => other !== name);
  return Object.fromEntries(text === "" ? others : [...others, [name, text]]);
}

/** In the order of the catalogue, so that switching on and off again changes nothing. */
export function switchAttribute(
  switchedOn: readonly OptionalName[],
  name: OptionalName,
  on: boolean,
): OptionalName[] {
  return OPTIONAL_ATTRIBUTES.filter((other) => (other === name ? on : switchedOn.includes(other)));
}

/** What is sent: a text that is no number goes as null, which the schema refuses in its own words. */
export function toSubmission(draft: Draft) {
  const { mode, connection, quiet, ...settings } = draft;
  return {
    intent: "save" as const,
    mode,
    connection,
    settings: {
      ...settings,
      superseded_after_days: toNumber(settings.superseded_after_days),
      quiet: {
        checkout_started_seconds: toNumber(quiet.checkout_started_seconds),
        checkout_started_at_latest_seconds: toNumber(quiet.checkout_started_at_latest_seconds),
        phone_number_updated_seconds: toNumber(quiet.phone_number_updated_seconds),
      },
    },
  };
}

/** The sentence to stand beside a field, or false when there is none (Polaris's own way to say so). */
export function findProblem(
  problems: readonly Problem[],
  field: string,
  name: string,
): string | false {
  const found = problems.find(
    (problem) => problem.field === field || problem.field.startsWith(`${field}.`),
  );
  return found ? `${name} ${found.problem}` : false;
}

function toNumber(text: string): number | null {
  if (text.trim() === "") return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}
