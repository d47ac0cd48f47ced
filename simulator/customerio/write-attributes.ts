import { isObject, type Json, type JsonObject } from "../control/json.ts";
import { LIMITS } from "./limits.ts";
import { logActivity, type Person, type Workspace } from "./workspace.ts";

// Attributes are last-writer-wins registers, each by itself, ordered by the timestamp of the
// request and not by its arrival: a late retry changes nothing that a newer write has said. A
// removed attribute keeps its timestamp, or an old write would bring it back.

const NOT_WRITABLE = new Set([
  "_update",
  "_timestamp",
  "anonymous_id",
  "cio_relationships",
  "cio_id",
  "_created_in_customerio_at",
  "id",
  "email",
]);
const PREFERENCES = "cio_subscription_preferences";

/** Writes what an identify carries, identifiers aside; `timestamp` is in unix seconds. */
export function writeAttributes(
  workspace: Workspace,
  person: Person,
  attributes: JsonObject,
  timestamp: number,
): void {
  let stale = 0;
  for (const name in attributes) {
    if (NOT_WRITABLE.has(name)) continue;
    if (name === "phone" && workspace.settings.phoneIdentifier) continue;
    const value = attributes[name] ?? null;
    if (name === PREFERENCES && isObject(value))
      replacePreferences(workspace, person, value, timestamp);
    else if (!writeAttribute(workspace, person, name, value, timestamp)) stale += 1;
  }
  if (stale > 0) reportStale(workspace, person, stale, timestamp);
}

/** Writes one attribute; null and "" remove it. False when a newer write stands. */
export function writeAttribute(
  workspace: Workspace,
  person: Person,
  name: string,
  value: Json,
  timestamp: number,
): boolean {
  const stored = value === "" ? null : value;
  const attribute = person.attributes.get(name);
  if (!attribute) {
    if (stored !== null && isFull(person)) reportFull(workspace, person, name);
    else person.attributes.set(name, { value: stored, timestamp });
    return true;
  }
  if (timestamp < attribute.timestamp) return false;
  if (timestamp === attribute.timestamp && workspace.settings.ties === "refuse") return false;
  attribute.value = stored;
  attribute.timestamp = timestamp;
  return true;
}

// The whole object replaces every preference; "cio_subscription_preferences.topics.topic_3" is a
// name of its own and changes one. Both are kept under dotted names.
function replacePreferences(
  workspace: Workspace,
  person: Person,
  value: JsonObject,
  timestamp: number,
): void {
  const leaves = new Map<string, Json>();
  collectLeaves(PREFERENCES, value, leaves);
  for (const name of person.attributes.keys()) {
    if (name.startsWith(`${PREFERENCES}.`) && !leaves.has(name)) leaves.set(name, null);
  }
  for (const [name, leaf] of leaves) writeAttribute(workspace, person, name, leaf, timestamp);
}

function collectLeaves(prefix: string, value: JsonObject, leaves: Map<string, Json>): void {
  for (const [name, leaf] of Object.entries(value)) {
    if (isObject(leaf)) collectLeaves(`${prefix}.${name}`, leaf, leaves);
    else leaves.set(`${prefix}.${name}`, leaf);
  }
}

function isFull(person: Person): boolean {
  if (person.attributes.size < LIMITS.attributes) return false;
  let live = 0;
  for (const attribute of person.attributes.values()) if (attribute.value !== null) live += 1;
  return live >= LIMITS.attributes;
}

function reportFull(workspace: Workspace, person: Person, name: string): void {
  workspace.counts.failedAttributeChanges += 1;
  const detail = `${name}: the person already has ${LIMITS.attributes} attributes`;
  logActivity(workspace, "failed_attribute_change", "Attribute Update Failure", person, detail);
}

function reportStale(workspace: Workspace, person: Person, stale: number, timestamp: number): void {
  workspace.counts.staleAttributes += stale;
  const detail = `${stale} of the attributes told for ${timestamp} are known from a newer write`;
  logActivity(workspace, "older_timestamp", "Older write ignored", person, detail);
}
