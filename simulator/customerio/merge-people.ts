import { setIdentifier } from "./claim-identifiers.ts";
import { CLAIMABLE_KINDS, describeIdentifier } from "./identifiers.ts";
import type { MergeOperation } from "./operations.ts";
import { forgetEvents } from "./remove-person.ts";
import {
  dropPerson,
  findPerson,
  logActivity,
  touch,
  type Person,
  type Workspace,
  type WorkspaceEvent,
} from "./workspace.ts";

const MOVED_DAYS = 30;

/**
 * Merges the secondary person into the primary one, for ever: attributes that are unset or empty
 * on the primary, the events of the last 30 days (which then trigger nothing), manual segments and
 * opt-outs. When either side is missing it does nothing, and the client is told 200 all the same.
 */
export function mergePeople(workspace: Workspace, operation: MergeOperation): void {
  const primary = findVisiblePrimary(workspace, operation);
  const secondary = findPerson(workspace, operation.secondary);
  if (!primary)
    return ignore(workspace, `no primary with ${describeIdentifier(operation.primary)}`);
  if (!secondary)
    return ignore(workspace, `no secondary with ${describeIdentifier(operation.secondary)}`);
  if (primary === secondary) return ignore(workspace, "primary and secondary are one person");

  const segments = [...workspace.segments.values()].filter((segment) =>
    segment.members.has(secondary),
  );
  dropPerson(workspace, secondary);
  moveEvents(workspace, primary, secondary);
  fillAttributes(workspace, primary, secondary);
  for (const segment of segments) segment.members.add(primary);
  for (const optOut of secondary.optOuts) primary.optOuts.add(optOut);
  workspace.counts.merges += 1;
  logActivity(
    workspace,
    "merged",
    "Merged",
    primary,
    `${describeIdentifier(operation.secondary)} is now this person`,
  );
  touch(workspace, primary);
}

function findVisiblePrimary(workspace: Workspace, operation: MergeOperation): Person | null {
  const primary = findPerson(workspace, operation.primary);
  if (!primary) return null;
  const age = workspace.now() - primary.createdAtMs;
  return age < workspace.settings.mergeRaceMs ? null : primary;
}

function fillAttributes(workspace: Workspace, primary: Person, secondary: Person): void {
  const timestamp = Math.floor(workspace.now() / 1000);
  for (const [name, attribute] of secondary.attributes) {
    if (isClaimed(primary, secondary, name) || attribute.value === null) continue;
    const own = primary.attributes.get(name);
    if (own && own.value !== null) continue;
    primary.attributes.set(name, { value: attribute.value, timestamp });
  }
  for (const kind of CLAIMABLE_KINDS) {
    const value = secondary[kind];
    if (primary[kind] !== null || value === null) continue;
    primary.attributes.delete(kind);
    setIdentifier(workspace, primary, kind, value, timestamp);
  }
}

function moveEvents(workspace: Workspace, primary: Person, secondary: Person): void {
  const oldest = workspace.now() / 1000 - MOVED_DAYS * 24 * 60 * 60;
  const left = new Set<WorkspaceEvent>();
  for (const event of secondary.events) {
    if (event.timestamp < oldest) {
      left.add(event);
      continue;
    }
    event.cioId = primary.cioId;
    event.triggers = false;
    primary.events.push(event);
  }
  if (left.size > 0) forgetEvents(workspace, left);
}

// Identifiers move through the index; a phone is one only where the workspace says so.
function isClaimed(primary: Person, secondary: Person, name: string): boolean {
  if (name === "phone") return primary.phone !== null || secondary.phone !== null;
  return name === "id" || name === "email";
}

function ignore(workspace: Workspace, detail: string): void {
  workspace.counts.mergesIgnored += 1;
  logActivity(workspace, "merge_ignored", "Merge ignored", null, detail);
}
