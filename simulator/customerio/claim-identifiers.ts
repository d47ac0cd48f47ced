import { identifierText, indexKey, type ClaimableKind, type Identifier } from "./identifiers.ts";
import type { JsonObject } from "../control/json.ts";
import { writeAttribute } from "./write-attributes.ts";
import { isSuppressed, logActivity, type Person, type Workspace } from "./workspace.ts";

// An identifier belongs to one person. Customer.io answers 200 to a request that would break that
// and changes nothing: the only trace is "Attribute Update Failure" in the activity log.

/** The identifiers an identify may carry as attributes, in this workspace. */
export function claimedKinds(workspace: Workspace): readonly ClaimableKind[] {
  return workspace.settings.phoneIdentifier ? ["id", "email", "phone"] : ["id", "email"];
}

/** Gives a person the identifiers among the attributes, as far as the rules allow. */
export function claimIdentifiers(
  workspace: Workspace,
  person: Person,
  attributes: JsonObject,
  addressedBy: Identifier,
  timestamp: number,
): void {
  for (const kind of claimedKinds(workspace)) {
    const wanted = attributes[kind];
    if (wanted === undefined) continue;
    const value = identifierText(wanted);
    if (value === null) releaseIdentifier(workspace, person, kind, addressedBy, timestamp);
    else claimAttribute(workspace, person, { kind, value }, addressedBy, timestamp);
  }
}

/** Makes an identifier known to be free the person's own. */
export function setIdentifier(
  workspace: Workspace,
  person: Person,
  kind: ClaimableKind,
  value: string,
  timestamp: number,
): void {
  if (!writeAttribute(workspace, person, kind, value, timestamp)) return;
  const before = person[kind];
  if (before !== null) workspace.index[kind].delete(indexKey(kind, before));
  person[kind] = value;
  workspace.index[kind].set(indexKey(kind, value), person);
}

function claimAttribute(
  workspace: Workspace,
  person: Person,
  wanted: { kind: ClaimableKind; value: string },
  addressedBy: Identifier,
  timestamp: number,
): void {
  const { kind, value } = wanted;
  const own = person[kind];
  if (own === value) {
    writeAttribute(workspace, person, kind, value, timestamp);
    return;
  }
  const owner = workspace.index[kind].get(indexKey(kind, value));
  if (owner && owner !== person) {
    fail(workspace, person, `${kind} ${value} belongs to another person`);
  } else if (isSuppressed(workspace, wanted)) {
    fail(workspace, person, `${kind} ${value} is suppressed`);
  } else if (own !== null && !owner && !mayChange(workspace, kind, addressedBy)) {
    fail(
      workspace,
      person,
      `${kind} is ${own} and can't become ${value} through ${addressedBy.kind}`,
    );
  } else {
    setIdentifier(workspace, person, kind, value, timestamp);
  }
}

function releaseIdentifier(
  workspace: Workspace,
  person: Person,
  kind: ClaimableKind,
  addressedBy: Identifier,
  timestamp: number,
): void {
  const own = person[kind];
  if (own === null) return;
  if (!mayChange(workspace, kind, addressedBy)) {
    fail(workspace, person, `${kind} ${own} can't be removed through ${addressedBy.kind}`);
    return;
  }
  if (!writeAttribute(workspace, person, kind, null, timestamp)) return;
  workspace.index[kind].delete(indexKey(kind, own));
  person[kind] = null;
}

// Identifiers change only through cio_id, but for an email through the id where the workspace
// allows it; a phone follows any identifier but itself.
function mayChange(workspace: Workspace, kind: ClaimableKind, addressedBy: Identifier): boolean {
  if (addressedBy.kind === "cio_id") return true;
  if (kind === "phone") return addressedBy.kind !== "phone";
  return kind === "email" && addressedBy.kind === "id" && workspace.settings.emailUpdateById;
}

function fail(workspace: Workspace, person: Person, detail: string): void {
  workspace.counts.failedAttributeChanges += 1;
  logActivity(workspace, "failed_attribute_change", "Attribute Update Failure", person, detail);
}
