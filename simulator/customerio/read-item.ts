import { isObject, type Json, type JsonObject } from "../control/json.ts";
import { identifierText, isE164, type Identifier, type IdentifierKind } from "./identifiers.ts";
import { exceedsBytes, exceedsItemLimit, exceedsValueLimit, LIMITS } from "./limits.ts";
import { refuse, type EventType, type Reading, type Refusal } from "./operations.ts";
import type { Settings } from "./settings.ts";
import { isUlid } from "./ulid.ts";

// Checks one item of Track v2: the only API of Customer.io that says what is wrong with a request.

const KINDS: readonly IdentifierKind[] = ["id", "email", "phone", "cio_id"];
const NO_PHONE: readonly IdentifierKind[] = ["id", "email", "cio_id"];
const EVENT_TYPES: readonly EventType[] = ["event", "page", "screen"];
const ACCEPTED_ACTIONS = new Map<string, readonly string[]>([
  ["person", ["add_relationships", "delete_relationships", "add_device", "delete_device"]],
  [
    "object",
    ["identify", "identify_anonymous", "delete", "add_relationships", "delete_relationships"],
  ],
  ["delivery", ["event"]],
]);

/** What an item asks for, or why it is refused. */
export function readItem(item: Json, settings: Settings): Reading {
  if (!isObject(item)) return refuse("invalid", "batch", "an item must be an object");
  if (exceedsItemLimit(item)) {
    return refuse("too_large", "batch", `an item must not exceed ${LIMITS.itemBytes} bytes`);
  }
  const { type, action } = item;
  if (typeof type !== "string") return refuse("required", "type", "type is required");
  if (typeof action !== "string") return refuse("required", "action", "action is required");
  const accepted = ACCEPTED_ACTIONS.get(type);
  if (!accepted) return refuse("invalid", "type", `unknown type ${type}`);
  if (accepted.includes(action))
    return { ok: true, operation: { kind: "accepted", action: `${type} ${action}` } };
  if (type !== "person") return refuse("invalid", "action", `unknown action ${action} for ${type}`);
  return readPersonItem(item, action, settings);
}

function readPersonItem(item: JsonObject, action: string, settings: Settings): Reading {
  if (action === "merge") return readMerge(item);
  const named = readIdentifiers(
    item["identifiers"],
    "identifiers",
    settings.phoneIdentifier ? KINDS : NO_PHONE,
  );
  if (!named.ok) return named;
  const { identifier } = named;
  if (action === "delete" || action === "suppress" || action === "unsuppress") {
    return { ok: true, operation: { kind: action, identifier } };
  }
  const timestamp = readTimestamp(item["timestamp"]);
  if (timestamp === "invalid")
    return refuse("invalid", "timestamp", "timestamp must be unix seconds");
  const attributes = item["attributes"] ?? {};
  if (!isObject(attributes)) return refuse("invalid", "attributes", "attributes must be an object");
  if (action === "identify") {
    const refusal = checkAttributes(attributes);
    if (refusal) return { ok: false, refusal };
    const updateOnly = attributes["_update"] === true || item["_update"] === true;
    return {
      ok: true,
      operation: { kind: "identify", identifier, attributes, timestamp, updateOnly },
    };
  }
  const type = EVENT_TYPES.find((known) => known === action);
  if (!type) return refuse("invalid", "action", `unknown action ${action} for person`);
  const { name, id } = item;
  if (typeof name !== "string" || name.trim() === "")
    return refuse("required", "name", "name is required");
  if (id !== undefined && !isEventId(id)) return refuse("invalid", "id", "id must be a valid ULID");
  const eventId = typeof id === "string" ? id : null;
  return {
    ok: true,
    operation: { kind: "event", identifier, type, name, id: eventId, timestamp, data: attributes },
  };
}

function readMerge(item: JsonObject): Reading {
  const primary = readIdentifiers(item["primary"], "primary", NO_PHONE);
  if (!primary.ok) return primary;
  const secondary = readIdentifiers(item["secondary"], "secondary", NO_PHONE);
  if (!secondary.ok) return secondary;
  return {
    ok: true,
    operation: { kind: "merge", primary: primary.identifier, secondary: secondary.identifier },
  };
}

type Named = { ok: true; identifier: Identifier } | { ok: false; refusal: Refusal };

/** Reads an object that must hold exactly one identifier, of a kind that is allowed there. */
export function readIdentifiers(
  value: Json | undefined,
  field: string,
  allowed: readonly IdentifierKind[],
): Named {
  if (!isObject(value)) return refuse("required", field, `${field} is required`);
  const given = KINDS.filter((kind) => value[kind] !== undefined);
  const kind = given[0];
  if (kind === undefined || given.length > 1 || Object.keys(value).length > 1) {
    return refuse("invalid", field, "exactly one of id, email, phone or cio_id is required");
  }
  if (!allowed.includes(kind))
    return refuse("invalid", `${field}.${kind}`, `${kind} is no identifier here`);
  const text = identifierText(value[kind]);
  if (text === null) return refuse("invalid", `${field}.${kind}`, `${kind} must not be empty`);
  if (kind === "phone" && !isE164(text))
    return refuse("invalid", `${field}.phone`, "phone must be E.164");
  if (kind === "email" && !text.includes("@"))
    return refuse("invalid", `${field}.email`, "email is invalid");
  if (exceedsBytes(text, LIMITS.idBytes)) {
    return refuse(
      "too_long",
      `${field}.${kind}`,
      `${kind} must not exceed ${LIMITS.idBytes} bytes`,
    );
  }
  return { ok: true, identifier: { kind, value: text } };
}

/** Why the attributes of an identify break a limit, or null. */
export function checkAttributes(attributes: JsonObject): Refusal | null {
  let count = 0;
  for (const name in attributes) {
    count += 1;
    const value = attributes[name];
    if (exceedsBytes(name, LIMITS.attributeNameBytes)) {
      const message = `attribute names must not exceed ${LIMITS.attributeNameBytes} bytes`;
      return { reason: "too_long", field: `attributes.${name}`, message };
    }
    if (value !== undefined && exceedsValueLimit(value)) {
      const message = `attribute values must not exceed ${LIMITS.attributeValueBytes} bytes`;
      return { reason: "too_long", field: `attributes.${name}`, message };
    }
  }
  if (count > LIMITS.attributes) {
    const message = `more than ${LIMITS.attributes} attributes`;
    return { reason: "too_many", field: "attributes", message };
  }
  const id = attributes["id"];
  if (typeof id === "string" && exceedsBytes(id, LIMITS.idBytes)) {
    return {
      reason: "too_long",
      field: "attributes.id",
      message: `id must not exceed ${LIMITS.idBytes} bytes`,
    };
  }
  return null;
}

/** Unix seconds, null when absent. */
export function readTimestamp(value: Json | undefined): number | null | "invalid" {
  if (value === undefined || value === null) return null;
  return typeof value === "number" && Number.isFinite(value) && value >= 0
    ? Math.floor(value)
    : "invalid";
}

/** Whether a value may stand as the id of an event. */
export function isEventId(value: Json): boolean {
  return typeof value === "string" && isUlid(value);
}
