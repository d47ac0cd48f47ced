import type { Answer } from "../control/answer.ts";
import { isObject } from "../control/json.ts";
import { appError, identifiersOf, readPage } from "./app-answers.ts";
import type { Call } from "./call.ts";
import { createSegment } from "./segments.ts";
import type { Segment, Workspace } from "./workspace.ts";

/** /v1/segments: manual segments can be created, listed and counted. */
export function answerSegments(
  workspace: Workspace,
  call: Call,
  name: string | undefined,
  verb: string | undefined,
): Answer | null {
  if (call.method === "POST") return name ? null : answerCreate(workspace, call);
  if (!name)
    return { status: 200, body: { segments: Array.from(workspace.segments.values(), describe) } };
  const segment = workspace.segments.get(Number(name));
  if (!segment) return appError(404, "segment not found");
  if (verb === undefined) return { status: 200, body: { segment: describe(segment) } };
  if (verb === "customer_count") return { status: 200, body: { count: segment.members.size } };
  if (verb === "used_by")
    return { status: 200, body: { used_by: { campaigns: [], sent_newsletters: [] } } };
  return verb === "membership" ? answerMembership(call, segment) : null;
}

function answerCreate(workspace: Workspace, call: Call): Answer {
  const segment = isObject(call.body) ? call.body["segment"] : undefined;
  if (!isObject(segment) || typeof segment["name"] !== "string" || segment["name"] === "") {
    return appError(422, "segment.name is required");
  }
  const { name, description } = segment;
  const made = createSegment(workspace, name, typeof description === "string" ? description : "");
  return { status: 200, body: { segment: describe(made) } };
}

function answerMembership(call: Call, segment: Segment): Answer {
  const { start, limit } = readPage(call, 1000, 30_000);
  const members = [...segment.members];
  const page = members.slice(start, start + limit);
  const next = start + limit < members.length ? String(start + limit) : "";
  const ids = page.map((person) => person.id ?? "");
  return { status: 200, body: { identifiers: page.map(identifiersOf), ids, next } };
}

function describe(segment: Segment): object {
  const { id, name, description } = segment;
  return {
    id,
    deduplicate_id: `${id}:1`,
    name,
    description,
    state: "finished",
    progress: null,
    type: "manual",
    tags: [],
  };
}
