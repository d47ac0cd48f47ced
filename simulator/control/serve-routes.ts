import { createServer } from "node:http";
import { sendAnswer, type Answer } from "./answer.ts";
import { isObject, parseJson, type JsonObject } from "./json.ts";
import { closeServer, listen } from "./listen.ts";
import { readBody } from "./read-body.ts";

// A control API on its own port: `POST name` and `GET name` under one prefix, JSON in and out.

export type Routes = Record<string, (asked: JsonObject) => object | Promise<object>>;

export type RunningRoutes = { url: string; close(): Promise<void> };

const BODY_LIMIT = 1024 * 1024;

/** Serves routes (`POST inbound`) under `prefix` on 127.0.0.1; a route that throws answers 422. */
export async function serveRoutes(
  prefix: string,
  routes: Routes,
  port: number,
): Promise<RunningRoutes> {
  async function answer(method: string, path: string, text: string): Promise<Answer> {
    const route = path.startsWith(prefix) && routes[`${method} ${path.slice(prefix.length)}`];
    if (!route)
      return { status: 404, body: { error: "no such route", routes: Object.keys(routes) } };
    const parsed = parseJson(text);
    if (!parsed.ok || !isObject(parsed.value)) return { status: 400, body: { error: "not JSON" } };
    try {
      return { status: 200, body: await route(parsed.value) };
    } catch (error) {
      return { status: 422, body: { error: error instanceof Error ? error.message : "failed" } };
    }
  }
  const server = createServer((request, response) => {
    void readBody(request, BODY_LIMIT).then(async (body) => {
      if (body.outcome === "aborted") return;
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      const text = body.outcome === "read" ? body.bytes.toString() : "[]";
      sendAnswer(response, await answer(request.method ?? "GET", pathname, text));
    });
  });
  const listening = await listen(server, port);
  return { url: `http://127.0.0.1:${listening}`, close: () => closeServer(server) };
}

/** A text among what was asked; throws when it is missing. */
export function textOf(asked: JsonObject, name: string): string {
  const value = asked[name];
  if (typeof value !== "string" || value === "") throw new Error(`${name} is missing`);
  return value;
}
