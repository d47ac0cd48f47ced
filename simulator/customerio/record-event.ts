import { setIdentifier } from "./claim-identifiers.ts";
import { describeIdentifier } from "./identifiers.ts";
import { ignoreSuppressed } from "./identify-person.ts";
import { LIMITS, trimToBytes } from "./limits.ts";
import type { AnonymousEventOperation, EventOperation } from "./operations.ts";
import {
  addPerson,
  findPerson,
  isSuppressed,
  logActivity,
  touch,
  type Person,
  type Workspace,
  type WorkspaceEvent,
} from "./workspace.ts";

// Events count once per ULID. Without one there is nothing to tell a repeat by, and it counts again.

const TRIGGER_WINDOW_SECONDS = 72 * 60 * 60;

/** Records an event of a person; for nobody known it makes one, or is dropped, as the setting says. */
export function recordEvent(workspace: Workspace, operation: EventOperation): void {
  const { identifier } = operation;
  if (isSuppressed(workspace, identifier)) {
    ignoreSuppressed(workspace, identifier);
    return;
  }
  const known = findPerson(workspace, identifier);
  const mayCreate =
    workspace.settings.unknownPersonEvent === "create" && identifier.kind !== "cio_id";
  if (!known && !mayCreate) {
    const detail = `${operation.name}: nobody has ${describeIdentifier(identifier)}`;
    logActivity(workspace, "unknown_ignored", "Ignored: unknown person", null, detail);
    return;
  }
  if (isRepeat(workspace, operation, known)) return;
  const person = known ?? addPerson(workspace);
  const event = addEvent(workspace, operation, { cioId: person.cioId, anonymousId: null });
  if (!known && identifier.kind !== "cio_id") {
    setIdentifier(
      workspace,
      person,
      identifier.kind,
      identifier.value,
      Math.floor(event.receivedAtMs / 1000),
    );
  }
  person.events.push(event);
  touch(workspace, person);
}

/** Records an event of somebody not yet known, to be adopted when that anonymous id is identified. */
export function recordAnonymousEvent(
  workspace: Workspace,
  operation: AnonymousEventOperation,
): void {
  const { anonymousId } = operation;
  if (isRepeat(workspace, operation, null)) return;
  const event = addEvent(workspace, operation, { cioId: null, anonymousId });
  workspace.revision += 1;
  if (anonymousId === null) return;
  const waiting = workspace.anonymous.get(anonymousId);
  if (waiting) waiting.push(event);
  else workspace.anonymous.set(anonymousId, [event]);
}

function isRepeat(
  workspace: Workspace,
  operation: Pick<EventOperation, "id" | "name">,
  person: Person | null,
): boolean {
  const { id, name } = operation;
  if (id === null) {
    workspace.counts.eventsWithoutId += 1;
    return false;
  }
  const key = id.toUpperCase();
  if (!workspace.eventIds.has(key)) {
    workspace.eventIds.add(key);
    return false;
  }
  workspace.counts.duplicateEvents += 1;
  logActivity(workspace, "duplicate_event", "Duplicate event dropped", person, `${name} ${id}`);
  return true;
}

function addEvent(
  workspace: Workspace,
  operation: EventOperation | AnonymousEventOperation,
  owner: { cioId: string | null; anonymousId: string | null },
): WorkspaceEvent {
  const receivedAtMs = workspace.now();
  const timestamp = operation.timestamp ?? Math.floor(receivedAtMs / 1000);
  workspace.lastEvent += 1;
  workspace.counts.events += 1;
  const event: WorkspaceEvent = {
    sequence: workspace.lastEvent,
    id: operation.id,
    type: operation.type,
    name: trimToBytes(operation.name, LIMITS.eventNameBytes),
    ...owner,
    timestamp,
    receivedAtMs,
    data: operation.data,
    triggers: receivedAtMs / 1000 - timestamp <= TRIGGER_WINDOW_SECONDS,
  };
  workspace.events.push(event);
  return event;
}
