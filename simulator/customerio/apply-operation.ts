import { identifyPerson } from "./identify-person.ts";
import { mergePeople } from "./merge-people.ts";
import type { Operation } from "./operations.ts";
import { recordAnonymousEvent, recordEvent } from "./record-event.ts";
import { removePerson } from "./remove-person.ts";
import { logActivity, type Workspace } from "./workspace.ts";

/** Does what an accepted request asks. Like the real service, it never tells the client how it went. */
export function applyOperation(workspace: Workspace, operation: Operation): void {
  switch (operation.kind) {
    case "identify":
      return identifyPerson(workspace, operation);
    case "event":
      return recordEvent(workspace, operation);
    case "anonymous_event":
      return recordAnonymousEvent(workspace, operation);
    case "merge":
      return mergePeople(workspace, operation);
    case "delete":
    case "suppress":
    case "unsuppress":
      return removePerson(workspace, operation);
    case "accepted":
      return logActivity(workspace, "accepted", "Accepted, not simulated", null, operation.action);
  }
}
