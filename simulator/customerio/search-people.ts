import { isObject, jsonText, type Json } from "../control/json.ts";
import { viewAttributes } from "./person-views.ts";
import type { Person, Workspace } from "./workspace.ts";

/**
 * Whether a person fits an App API filter: `and`, `or`, `not`, `segment`, `attribute`. Null when the
 * filter is none.
 */
export function fitsFilter(
  workspace: Workspace,
  person: Person,
  filter: Json | undefined,
): boolean | null {
  if (!isObject(filter)) return null;
  const { and, or, not, segment, attribute } = filter;
  if (Array.isArray(and)) return every(and.map((part) => fitsFilter(workspace, person, part)));
  if (Array.isArray(or)) return some(or.map((part) => fitsFilter(workspace, person, part)));
  if (not !== undefined) {
    const fits = fitsFilter(workspace, person, not);
    return fits === null ? null : !fits;
  }
  if (isObject(segment))
    return workspace.segments.get(Number(segment["id"]))?.members.has(person) ?? false;
  if (!isObject(attribute)) return null;
  const { field, operator, value } = attribute;
  if (typeof field !== "string") return null;
  const held = viewAttributes(person)[field];
  if (operator === "exists") return held !== undefined;
  if (operator !== "eq") return null;
  return held !== undefined && jsonText(held) === jsonText(value ?? null);
}

function every(parts: (boolean | null)[]): boolean | null {
  return parts.includes(null) ? null : parts.every(Boolean);
}

function some(parts: (boolean | null)[]): boolean | null {
  return parts.includes(null) ? null : parts.some(Boolean);
}
