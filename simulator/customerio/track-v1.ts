import type { Answer } from "../control/answer.ts";
import { isObject, type Json, type JsonObject } from "../control/json.ts";
import { applyOperation } from "./apply-operation.ts";
import { pathSegments, type Api } from "./call.ts";
import { identifierText, readPathIdentifier, type Identifier } from "./identifiers.ts";
import { exceedsBytes, LIMITS } from "./limits.ts";
import type { EventOperation, EventType, Operation } from "./operations.ts";
import { checkAttributes, isEventId, readIdentifiers, readTimestamp } from "./read-item.ts";
import { changeMembers } from "./segments.ts";
import type { Workspace } from "./workspace.ts";

// Track v1: a path per person. It answers 200 to nearly everything, and a phone number in the path
// makes a person with that id.

const PREFIX = "/api/v1/";
const HOSTS = { us: "track.customer.io", eu: "track-eu.customer.io" } as const;

export const answerTrackV1: Api = (workspace, call) => {
  if (!call.path.startsWith(PREFIX)) return null;
  const [root, name, verb] = pathSegments(call.path, PREFIX);
  const route = `${call.method} ${root}`;
  if (!isObject(call.body)) return refuse("the body must be a JSON object");
  const { body } = call;

  if (route === "GET accounts" && name === "region") return answerRegion(workspace);
  if (route === "POST merge_customers") return answerMerge(workspace, body);
  if (route === "POST events") return answerAnonymousEvent(workspace, body);
  if (root === "segments" && name && verb) {
    return answerSegment(workspace, name, verb, call.query.get("id_type") ?? "id", body);
  }
  if (root !== "customers" || !name) return null;
  if (exceedsBytes(name, LIMITS.idBytes))
    return refuse(`the identifier must not exceed ${LIMITS.idBytes} bytes`);
  const identifier = readPathIdentifier(name);
  switch (`${call.method} ${verb ?? ""}`) {
    case "PUT ":
      return answerIdentify(workspace, identifier, body);
    case "POST events":
      return answerEvent(workspace, identifier, body);
    case "DELETE ":
      return apply(workspace, { kind: "delete", identifier });
    case "POST suppress":
      return apply(workspace, { kind: "suppress", identifier });
    case "POST unsuppress":
      return apply(workspace, { kind: "unsuppress", identifier });
    case "PUT devices":
    case "DELETE devices":
      return apply(workspace, { kind: "accepted", action: `${call.method} device` });
    default:
      return null;
  }
};

function answerIdentify(workspace: Workspace, identifier: Identifier, body: JsonObject): Answer {
  const refusal = checkAttributes(body);
  if (refusal) return refuse(`${refusal.field}: ${refusal.message}`);
  const timestamp = readTimestamp(body["_timestamp"]);
  if (timestamp === "invalid") return refuse("_timestamp must be unix seconds");
  const updateOnly = body["_update"] === true;
  return apply(workspace, {
    kind: "identify",
    identifier,
    attributes: body,
    timestamp,
    updateOnly,
  });
}

type EventFields = Omit<EventOperation, "kind" | "identifier">;

function readEvent(body: JsonObject): EventFields | string {
  const { name, id, data = {} } = body;
  if (typeof name !== "string" || name.trim() === "") return "name is required";
  if (id !== undefined && !isEventId(id)) return "id must be a valid ULID";
  const timestamp = readTimestamp(body["timestamp"]);
  if (timestamp === "invalid") return "timestamp must be unix seconds";
  if (!isObject(data)) return "data must be an object";
  if (exceedsBytes(JSON.stringify(data), LIMITS.v1EventDataBytes)) {
    return `data must not exceed ${LIMITS.v1EventDataBytes} bytes`;
  }
  return {
    type: readType(body["type"]),
    name,
    id: typeof id === "string" ? id : null,
    timestamp,
    data,
  };
}

function readType(type: Json | undefined): EventType {
  return type === "page" || type === "screen" ? type : "event";
}

function answerEvent(workspace: Workspace, identifier: Identifier, body: JsonObject): Answer {
  const event = readEvent(body);
  if (typeof event === "string") return refuse(event);
  return apply(workspace, { kind: "event", identifier, ...event });
}

function answerAnonymousEvent(workspace: Workspace, body: JsonObject): Answer {
  const event = readEvent(body);
  if (typeof event === "string") return refuse(event);
  const anonymousId = identifierText(body["anonymous_id"]);
  return apply(workspace, { kind: "anonymous_event", anonymousId, ...event });
}

function answerMerge(workspace: Workspace, body: JsonObject): Answer {
  const primary = readIdentifiers(body["primary"], "primary", ["id", "email", "cio_id"]);
  const secondary = readIdentifiers(body["secondary"], "secondary", ["id", "email", "cio_id"]);
  if (!primary.ok) return { status: 400, body: { meta: { error: primary.refusal.message } } };
  if (!secondary.ok) return { status: 400, body: { meta: { error: secondary.refusal.message } } };
  return apply(workspace, {
    kind: "merge",
    primary: primary.identifier,
    secondary: secondary.identifier,
  });
}

function answerRegion(workspace: Workspace): Answer {
  const { region, environmentId } = workspace.account;
  return { status: 200, body: { url: HOSTS[region], region, environment_id: environmentId } };
}

function answerSegment(
  workspace: Workspace,
  name: string,
  verb: string,
  idType: string,
  body: JsonObject,
): Answer | null {
  const segment = workspace.segments.get(Number(name));
  const { ids } = body;
  if (verb !== "add_customers" && verb !== "remove_customers") return null;
  if (!segment) return { status: 404, body: { meta: { error: `no manual segment ${name}` } } };
  if (idType !== "id" && idType !== "email" && idType !== "cio_id")
    return refuse("unknown id_type");
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > LIMITS.segmentIds) {
    return refuse(`ids must hold 1 to ${LIMITS.segmentIds} identifiers`);
  }
  changeMembers(workspace, segment, verb === "add_customers" ? "add" : "remove", idType, ids);
  return { status: 200, body: {} };
}

function apply(workspace: Workspace, operation: Operation): Answer {
  applyOperation(workspace, operation);
  return { status: 200, body: {} };
}

function refuse(error: string): Answer {
  return { status: 400, body: { meta: { errors: [error] } } };
}
