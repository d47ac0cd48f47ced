import { CLAIMABLE_KINDS, describeIdentifier, suppressionKey } from "./identifiers.ts";
import type { RemovalOperation } from "./operations.ts";
import {
  dropPerson,
  findPerson,
  logActivity,
  type Workspace,
  type WorkspaceEvent,
} from "./workspace.ts";

/**
 * Deletes a person (who may come back), suppresses one (who may not: the profile goes and its
 * identifiers are blocked), or frees a blocked identifier, which brings nothing back.
 */
export function removePerson(workspace: Workspace, operation: RemovalOperation): void {
  const { kind, identifier } = operation;
  const person = findPerson(workspace, identifier);
  if (kind === "unsuppress") {
    workspace.suppressed.delete(suppressionKey(identifier));
    logActivity(workspace, "unsuppressed", "Unsuppressed", null, describeIdentifier(identifier));
    return;
  }
  if (kind === "suppress") {
    workspace.suppressed.add(suppressionKey(identifier));
    for (const claimed of CLAIMABLE_KINDS) {
      const value = person?.[claimed];
      if (typeof value === "string")
        workspace.suppressed.add(suppressionKey({ kind: claimed, value }));
    }
  }
  if (person) {
    dropPerson(workspace, person);
    if (person.events.length > 0) forgetEvents(workspace, new Set(person.events));
  }
  const title = kind === "suppress" ? "Suppressed" : "Deleted";
  const detail = `${describeIdentifier(identifier)}${person ? "" : " (nobody had it)"}`;
  logActivity(workspace, kind === "suppress" ? "suppressed" : "deleted", title, null, detail);
}

/** Takes events out of the workspace; their ULIDs stay known, so a repeat does not bring them back. */
export function forgetEvents(workspace: Workspace, gone: ReadonlySet<WorkspaceEvent>): void {
  workspace.events = workspace.events.filter((event) => !gone.has(event));
}
