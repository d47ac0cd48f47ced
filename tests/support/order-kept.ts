// The order in which a workspace was told about each person, read from its log of requests (kept
// with bodies). What was decided last must win there, so of each profile:
//   - in the order of arrival the stamps grow; the same stamp comes again with the very same words only,
//   - what was told with the last stamp is what the profile holds in the end.
import { isObject, type Json, type JsonObject } from "../../simulator/control/json.ts";
import type { IdentifierKind } from "../../simulator/customerio/identifiers.ts";
import type { RequestEntry } from "../../simulator/customerio/request-log.ts";
import { findPerson, type Workspace } from "../../simulator/customerio/workspace.ts";

type Telling = { stamp: number; attributes: JsonObject };
type Newest = Telling & { kind: IdentifierKind; value: string };

/** Told about a profile, but never an attribute to be compared. */
const NO_ATTRIBUTES = new Set(["_update", "email", "id"]);

/** What was told out of order, or is not what was told last; must be empty. Addresses are the tests' own. */
export function disorder(workspace: Workspace, requests: readonly RequestEntry[]): string[] {
  const wrong: string[] = [];
  const newest = new Map<string, Newest>();
  for (const request of byArrival(requests, workspace.account.siteId)) {
    for (const item of itemsOf(request)) {
      const telling = readIdentify(item);
      if (telling === null) continue;
      const key = `${telling.kind}:${telling.value}`;
      const last = newest.get(key);
      const fault = last === undefined ? null : compare(last, telling);
      if (fault !== null) wrong.push(`${key}: ${fault}`);
      if (last === undefined || telling.stamp >= last.stamp) newest.set(key, telling);
    }
  }
  if (newest.size === 0 && workspace.people.size > 0)
    wrong.push("nobody was told, or the log holds no bodies");
  for (const [key, telling] of newest) {
    const names = differing(workspace, telling);
    if (names.length > 0) wrong.push(`${key}: holds other than told last: ${names.join(" ")}`);
  }
  return wrong;
}

/** Requests are logged when they end; that of a client who has given up ends late. */
function byArrival(requests: readonly RequestEntry[], siteId: string): RequestEntry[] {
  return requests
    .filter((request) => request.processed && request.siteId === siteId)
    .toSorted((a, b) => a.atMs - b.atMs || a.sequence - b.sequence);
}

function itemsOf({ body }: RequestEntry): readonly Json[] {
  const items = isObject(body) ? body["batch"] : undefined;
  return Array.isArray(items) ? items : [];
}

function readIdentify(item: Json): Newest | null {
  if (!isObject(item) || item["action"] !== "identify") return null;
  const { identifiers, attributes, timestamp } = item;
  if (!isObject(identifiers) || !isObject(attributes) || typeof timestamp !== "number") return null;
  for (const kind of ["email", "id"] as const) {
    const value = identifiers[kind];
    if (typeof value === "string") return { kind, value, stamp: timestamp, attributes };
  }
  return null;
}

function compare(last: Telling, next: Telling): string | null {
  if (next.stamp > last.stamp) return null;
  if (next.stamp < last.stamp) return `told with ${next.stamp} after ${last.stamp}`;
  const same = JSON.stringify(next.attributes) === JSON.stringify(last.attributes);
  return same ? null : `told twice with ${next.stamp}, in other words`;
}

function differing(workspace: Workspace, { kind, value, attributes }: Newest): string[] {
  const person = findPerson(workspace, { kind, value });
  // A profile that was merged away, or that nobody may create, holds nothing.
  if (person === null) return [];
  // After a merge the identifier leads to a profile that is told under its other one.
  if (kind === "id" && person.email !== null) return [];
  return Object.keys(attributes).filter((name) => {
    if (NO_ATTRIBUTES.has(name)) return false;
    return (person.attributes.get(name)?.value ?? null) !== (attributes[name] ?? null);
  });
}
