import type { Answer } from "../control/answer.ts";
import { isObject, jsonText, type JsonObject } from "../control/json.ts";
import { answerOptOuts, answerPersonOptOuts } from "./app-opt-outs.ts";
import { answerSegments } from "./app-segments.ts";
import { appError, findByIdType, identifiersOf, readPage } from "./app-answers.ts";
import { pathSegments, type Api, type Call } from "./call.ts";
import { viewAttributes, viewTimestamps } from "./person-views.ts";
import { fitsFilter } from "./search-people.ts";
import type { Person, Workspace } from "./workspace.ts";

// The parts of the App API that a client reads back with: what the workspace really holds.

const PREFIX = "/v1/";

export const answerAppApi: Api = (workspace, call) => {
  if (!call.path.startsWith(PREFIX)) return null;
  const [root, name, verb] = pathSegments(call.path, PREFIX);
  switch (`${call.method} ${root}`) {
    case "GET customers":
      if (!name) return answerByEmail(workspace, call);
      if (verb === "attributes") return answerAttributes(workspace, call, name);
      return verb === "optouts" ? answerPersonOptOuts(workspace, call, name) : null;
    case "PUT customers":
      return name && verb === "optouts" ? answerPersonOptOuts(workspace, call, name) : null;
    case "POST customers":
      return name === "attributes"
        ? answerManyAttributes(workspace, call)
        : answerSearch(workspace, call);
    case "GET optouts":
      return answerOptOuts(workspace, call);
    case "GET activities":
      return answerActivities(workspace, call);
    case "GET subscription_channels":
      return { status: 200, body: { channels: [] } };
    case "GET subscription_topics":
      return { status: 200, body: { topics: [] } };
    case "GET segments":
    case "POST segments":
      return answerSegments(workspace, call, name, verb);
    default:
      return null;
  }
};

function answerByEmail(workspace: Workspace, call: Call): Answer {
  const email = call.query.get("email");
  if (email === null || email === "") return appError(400, "email is required");
  const person = workspace.index.email.get(email.toLowerCase());
  return { status: 200, body: { results: person ? [identifiersOf(person)] : [] } };
}

function answerAttributes(workspace: Workspace, call: Call, name: string): Answer {
  const person = findByIdType(workspace, call, name);
  if (!person) return appError(404, "customer not found");
  return { status: 200, body: { customer: describe(workspace, person) } };
}

function answerManyAttributes(workspace: Workspace, call: Call): Answer {
  const ids = isObject(call.body) ? call.body["ids"] : undefined;
  if (!Array.isArray(ids)) return appError(400, "ids is required");
  const customers = ids.flatMap((id) => {
    const person = workspace.index.id.get(jsonText(id));
    return person ? [describe(workspace, person)] : [];
  });
  return { status: 200, body: { customers } };
}

function answerSearch(workspace: Workspace, call: Call): Answer {
  const filter = isObject(call.body) ? call.body["filter"] : undefined;
  const { start, limit } = readPage(call, 1000, 1000);
  const found: Person[] = [];
  for (const person of workspace.people.values()) {
    const fits = fitsFilter(workspace, person, filter);
    if (fits === null) return appError(400, "the filter is not understood");
    if (fits) found.push(person);
  }
  if (workspace.people.size === 0 && !isObject(filter)) return appError(400, "filter is required");
  const page = found.slice(start, start + limit);
  const next = start + limit < found.length ? String(start + limit) : "";
  const ids = page.map((person) => person.id ?? "");
  return { status: 200, body: { identifiers: page.map(identifiersOf), ids, next } };
}

function answerActivities(workspace: Workspace, call: Call): Answer {
  const { start, limit } = readPage(call, 10, 100);
  const wanted = call.query.get("type");
  const customer = call.query.get("customer_id");
  const found = workspace.activities
    .latest()
    .toReversed()
    .filter((entry) => wanted === null || entry.type === wanted)
    .filter((entry) => {
      const person = entry.cioId === null ? undefined : workspace.people.get(entry.cioId);
      return customer === null || person?.id === customer || person?.cioId === customer;
    });
  const activities = found.slice(start, start + limit).map((entry) => ({
    id: String(entry.sequence),
    type: entry.type,
    name: entry.title,
    timestamp: Math.floor(entry.atMs / 1000),
    customer_id: entry.cioId,
    data: { detail: entry.detail },
  }));
  const next = start + limit < found.length ? String(start + limit) : "";
  return { status: 200, body: { activities, next } };
}

function describe(workspace: Workspace, person: Person): object {
  const attributes: JsonObject = { ...viewAttributes(person), cio_id: person.cioId };
  const { unsubscribed } = attributes;
  return {
    id: person.id ?? "",
    identifiers: identifiersOf(person),
    attributes: workspace.settings.appAttributeValues === "text" ? asText(attributes) : attributes,
    timestamps: viewTimestamps(person),
    unsubscribed: ["true", "1"].includes(jsonText(unsubscribed ?? false).toLowerCase()),
    devices: [],
  };
}

function asText(attributes: JsonObject): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) texts[name] = jsonText(value);
  return texts;
}
