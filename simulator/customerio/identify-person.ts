import { adoptAnonymousEvents } from "./anonymous-events.ts";
import { claimedKinds, claimIdentifiers, setIdentifier } from "./claim-identifiers.ts";
import { describeIdentifier, identifierText, type Identifier } from "./identifiers.ts";
import type { IdentifyOperation } from "./operations.ts";
import { writeAttributes } from "./write-attributes.ts";
import {
  addPerson,
  findPerson,
  isSuppressed,
  logActivity,
  touch,
  type Person,
  type Workspace,
} from "./workspace.ts";

/**
 * Creates or updates a person. Nothing here is ever refused: a suppressed identifier, an unknown
 * cio_id and an identifier that belongs to somebody else all leave no trace but the activity log.
 */
export function identifyPerson(workspace: Workspace, operation: IdentifyOperation): void {
  const { identifier, attributes } = operation;
  workspace.counts.identifies += 1;
  if (isSuppressed(workspace, identifier)) {
    ignoreSuppressed(workspace, identifier);
    return;
  }
  const timestamp = operation.timestamp ?? Math.floor(workspace.now() / 1000);
  const person = findPerson(workspace, identifier) ?? createPerson(workspace, operation, timestamp);
  if (!person) return;
  claimIdentifiers(workspace, person, attributes, identifier, timestamp);
  writeAttributes(workspace, person, attributes, timestamp);
  const anonymousId = identifierText(attributes["anonymous_id"]);
  if (anonymousId !== null) adoptAnonymousEvents(workspace, person, anonymousId);
  touch(workspace, person);
}

/** Notes that something told about a suppressed identifier was dropped. */
export function ignoreSuppressed(workspace: Workspace, identifier: Identifier): void {
  workspace.counts.suppressedIgnored += 1;
  const detail = `${describeIdentifier(identifier)} is suppressed`;
  logActivity(workspace, "suppressed_ignored", "Ignored: suppressed", null, detail);
}

function createPerson(
  workspace: Workspace,
  operation: IdentifyOperation,
  timestamp: number,
): Person | null {
  const { identifier, updateOnly } = operation;
  const { kind, value } = identifier;
  if (kind === "cio_id" || updateOnly) {
    const detail = `nobody has ${describeIdentifier(identifier)}${updateOnly ? ", and _update creates nobody" : ""}`;
    logActivity(workspace, "unknown_ignored", "Ignored: unknown person", null, detail);
    return null;
  }
  const person = findReceiver(workspace, operation) ?? addPerson(workspace);
  setIdentifier(workspace, person, kind, value, timestamp);
  return person;
}

// A new id with the email of a person who has no id belongs to that person, who receives the id;
// the same holds the other way round.
function findReceiver(workspace: Workspace, operation: IdentifyOperation): Person | null {
  const { identifier, attributes } = operation;
  for (const kind of claimedKinds(workspace)) {
    if (kind === identifier.kind) continue;
    const value = identifierText(attributes[kind]);
    const owner = value === null ? null : findPerson(workspace, { kind, value });
    if (owner && lacks(owner, identifier)) return owner;
  }
  return null;
}

function lacks(person: Person, identifier: Identifier): boolean {
  return identifier.kind !== "cio_id" && person[identifier.kind] === null;
}
