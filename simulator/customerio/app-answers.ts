import type { Answer } from "../control/answer.ts";
import type { Call } from "./call.ts";
import { findPerson, type Person, type Workspace } from "./workspace.ts";

// The shapes the App API's answers share: its error envelope, its way of naming and paging people.

/** An error as the App API words it; the status inside is text. */
export function appError(status: number, detail: string): Answer {
  return { status, body: { errors: [{ detail, status: String(status) }] } };
}

/** The person of a path, by `?id_type=` (id, email, phone or cio_id; id unless told). */
export function findByIdType(workspace: Workspace, call: Call, value: string): Person | null {
  const kind = call.query.get("id_type") ?? "id";
  if (kind === "phone") return findByPhone(workspace, value);
  if (kind !== "id" && kind !== "email" && kind !== "cio_id") return null;
  return findPerson(workspace, { kind, value });
}

// The App API finds people by their phone attribute whether or not it is an identifier.
function findByPhone(workspace: Workspace, value: string): Person | null {
  for (const person of workspace.people.values()) {
    if (person.attributes.get("phone")?.value === value) return person;
  }
  return null;
}

/** A person's identifiers; what is missing is null. */
export function identifiersOf(person: Person): {
  id: string | null;
  email: string | null;
  cio_id: string;
} {
  return { id: person.id, email: person.email, cio_id: person.cioId };
}

/** The page asked for by `?start=&limit=`. */
export function readPage(
  call: Call,
  standard: number,
  highest: number,
): { start: number; limit: number } {
  const start = Number(call.query.get("start") ?? 0);
  const limit = Number(call.query.get("limit") ?? standard);
  return {
    start: Number.isInteger(start) && start > 0 ? start : 0,
    limit: Number.isInteger(limit) && limit > 0 ? Math.min(limit, highest) : standard,
  };
}
