import { isObject, type Json } from "../control/json.ts";

// What a request is about, in one word per item: faults are planned by it and requests counted.

/** The kind of one v2 item: its action, prefixed by its type unless that is `person`. */
export function itemKind(item: Json): string {
  if (!isObject(item)) return "invalid";
  const { type, action } = item;
  if (typeof action !== "string") return "invalid";
  return type === "person" || typeof type !== "string" ? action : `${type}.${action}`;
}

/** The kinds of the items in a request, with how many there are of each. */
export function countKinds(method: string, path: string, body: Json): Record<string, number> {
  if (path === "/api/v2/entity") return { [itemKind(body)]: 1 };
  if (path !== "/api/v2/batch") return { [pathKind(method, path)]: 1 };
  const items = isObject(body) ? body["batch"] : undefined;
  const kinds = new Map<string, number>();
  for (const item of Array.isArray(items) ? items : []) {
    const kind = itemKind(item);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return Object.fromEntries(kinds);
}

function pathKind(method: string, path: string): string {
  if (path.startsWith("/v1/")) return path.endsWith("/optouts") ? "optouts" : "app";
  if (path.endsWith("/suppress")) return "suppress";
  if (path.endsWith("/unsuppress")) return "unsuppress";
  if (path.endsWith("/merge_customers")) return "merge";
  if (path.endsWith("/accounts/region")) return "region";
  if (path.startsWith("/api/v1/segments/")) return "segment";
  if (path.includes("/devices")) return "device";
  if (path === "/api/v1/events") return "anonymous_event";
  if (path.endsWith("/events")) return "event";
  if (path.startsWith("/api/v1/customers/")) return method === "DELETE" ? "delete" : "identify";
  return "other";
}
