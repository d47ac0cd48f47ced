import type { Answer } from "../control/answer.ts";
import { isObject, jsonText, type Json } from "../control/json.ts";
import { appError, findByIdType, readPage } from "./app-answers.ts";
import type { Call } from "./call.ts";
import { CHANNELS, listOptOuts, setOptOut, type Channel, type OptOut } from "./opt-outs.ts";
import type { Workspace } from "./workspace.ts";

// The opt-out lists of the senders. A change is answered 204 before it counts.

/** GET /v1/optouts?from=&start=&limit= */
export function answerOptOuts(workspace: Workspace, call: Call): Answer {
  const { start, limit } = readPage(call, 100, 1000);
  const from = call.query.get("from");
  const all = Array.from(workspace.people.values(), (person) => ({
    customer_id: person.id ?? "",
    cio_id: person.cioId,
    optouts: listOptOuts(person).filter((entry) => from === null || entry.from === from),
  })).filter((person) => person.optouts.length > 0);
  const next = start + limit < all.length ? String(start + limit) : "";
  return { status: 200, body: { optouts: all.slice(start, start + limit), next } };
}

/** GET and PUT /v1/customers/{id}/optouts?id_type= */
export function answerPersonOptOuts(workspace: Workspace, call: Call, name: string): Answer {
  const person = findByIdType(workspace, call, name);
  if (!person) return appError(404, "customer not found");
  if (call.method === "GET") return { status: 200, body: { optouts: listOptOuts(person) } };
  const changes = readChanges(isObject(call.body) ? call.body["optouts"] : undefined);
  if (typeof changes === "string") return appError(400, changes);
  const apply = (): void => {
    for (const { entry, optedOut } of changes) setOptOut(workspace, person, entry, optedOut);
  };
  if (workspace.settings.optOutDelayMs > 0)
    setTimeout(apply, workspace.settings.optOutDelayMs).unref();
  else apply();
  return { status: 204, body: null };
}

function readChanges(value: Json | undefined): { entry: OptOut; optedOut: boolean }[] | string {
  if (!Array.isArray(value)) return "optouts is required";
  const changes: { entry: OptOut; optedOut: boolean }[] = [];
  for (const change of value) {
    if (!isObject(change)) return "an opt-out must be an object";
    const { from, optout, channel = "sms" } = change;
    if (typeof from !== "string" || from === "") return "from is required";
    if (typeof optout !== "boolean") return "optout must be true or false";
    const known = CHANNELS.find((name): name is Channel => name === channel);
    if (!known) return `unknown channel ${jsonText(channel)}`;
    changes.push({ entry: { channel: known, from }, optedOut: optout });
  }
  return changes;
}
