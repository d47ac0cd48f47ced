import type { Json } from "../control/json.ts";
import { identifierText, type IdentifierKind } from "./identifiers.ts";
import { findPerson, type Segment, type Workspace } from "./workspace.ts";

// Manual segments: the only kind an API can create or fill.

/** Adds an empty manual segment; ids count up from 1. */
export function createSegment(workspace: Workspace, name: string, description: string): Segment {
  const segment: Segment = {
    id: workspace.segments.size + 1,
    name,
    description,
    members: new Set(),
  };
  workspace.segments.set(segment.id, segment);
  workspace.revision += 1;
  return segment;
}

/** Adds or removes people; ids that name nobody, or are of another type, are ignored in silence. */
export function changeMembers(
  workspace: Workspace,
  segment: Segment,
  change: "add" | "remove",
  kind: IdentifierKind,
  ids: readonly Json[],
): void {
  for (const id of ids) {
    const value = identifierText(id);
    const person = value === null ? null : findPerson(workspace, { kind, value });
    if (!person) continue;
    if (change === "add") segment.members.add(person);
    else segment.members.delete(person);
  }
  workspace.revision += 1;
}
