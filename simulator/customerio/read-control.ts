import type { Json, JsonObject } from "../control/json.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import type { Account } from "./workspace.ts";

// Reads what the control API is given. A misspelt switch is refused, not ignored.

const CHOICES = new Map<string, readonly Json[]>([
  ["ties", ["accept", "refuse"]],
  ["unknownPersonEvent", ["create", "ignore"]],
  ["oversizeStatus", [400, 413]],
  ["appAttributeValues", ["typed", "text"]],
  ["keep", ["log", "bodies", "last"]],
]);
const NULLABLE = new Set(["appRequestsPerSecond", "trackRequestsPerSecond"]);

type SettingsReading = { ok: true; settings: Partial<Settings> } | { ok: false; problem: string };

/** Reads some of the settings. */
export function readSettings(input: JsonObject): SettingsReading {
  for (const [name, value] of Object.entries(input)) {
    if (!Object.hasOwn(DEFAULT_SETTINGS, name))
      return { ok: false, problem: `unknown setting ${name}` };
    if (!isAllowed(name, value))
      return { ok: false, problem: `${name} can't be ${JSON.stringify(value)}` };
  }
  const settings: Partial<Settings> = input;
  return { ok: true, settings };
}

function isAllowed(name: string, value: Json): boolean {
  const choices = CHOICES.get(name);
  if (choices) return choices.includes(value);
  if (name === "phoneIdentifier" || name === "emailUpdateById") return typeof value === "boolean";
  return typeof value === "number" || (value === null && NULLABLE.has(name));
}

/** Reads `{siteId, apiKey, appKey?, region?, environmentId?}`; null without the first two. */
export function readAccount(input: JsonObject): Account | null {
  const { siteId, apiKey, appKey, region, environmentId } = input;
  if (typeof siteId !== "string" || typeof apiKey !== "string") return null;
  return {
    siteId,
    apiKey,
    appKey: typeof appKey === "string" ? appKey : null,
    region: region === "eu" ? "eu" : "us",
    environmentId: typeof environmentId === "number" ? environmentId : 1,
  };
}
