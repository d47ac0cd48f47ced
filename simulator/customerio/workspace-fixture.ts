import { isObject, type Json, type JsonObject } from "../control/json.ts";
import { answerCall } from "./answer-call.ts";
import type { Answer } from "../control/answer.ts";
import type { Settings } from "./settings.ts";
import { createSimulation, findWorkspace, type Simulation } from "./simulation.ts";
import { viewAttributes } from "./person-views.ts";
import { findPerson, type Workspace } from "./workspace.ts";
import type { IdentifierKind } from "./identifiers.ts";

// For the tests beside it: a workspace without a network, whose clock stands still until moved.

export const NOON = 1_790_000_000;

type Fixture = {
  simulation: Simulation;
  workspace: Workspace;
  clock: { seconds: number };
  send(method: string, target: string, body?: Json): Answer;
  /** Sends v2 items as one batch. */
  batch(...items: Json[]): Answer;
  /** The live attributes of a person, or null when nobody has the identifier. */
  read(kind: IdentifierKind, value: string): JsonObject | null;
  /** The titles of the activity log, oldest first. */
  activity(): string[];
};

/** An empty workspace with these settings. */
export function createFixture(settings: Partial<Settings> = {}): Fixture {
  const clock = { seconds: NOON };
  const account = {
    siteId: "site",
    apiKey: "key",
    appKey: "app",
    region: "eu",
    environmentId: 7,
  } as const;
  const simulation = createSimulation({
    accounts: [account],
    settings,
    now: () => clock.seconds * 1000,
  });
  const workspace = findWorkspace(simulation, null);
  if (!workspace) throw new Error("a simulation has a workspace");

  function send(method: string, target: string, body: Json = {}): Answer {
    const url = new URL(target, "http://localhost");
    return answerCall(simulation, workspace, {
      method,
      path: url.pathname,
      query: url.searchParams,
      body,
      bodyBytes: Buffer.byteLength(JSON.stringify(body)),
      refuseItem: () => null,
    });
  }

  return {
    simulation,
    workspace,
    clock,
    send,
    batch: (...items) => send("POST", "/api/v2/batch", { batch: items }),
    read(kind, value) {
      const person = findPerson(workspace, { kind, value });
      return person && viewAttributes(person);
    },
    activity: () => workspace.activities.latest().map((entry) => entry.title),
  };
}

/** An identify item of Track v2. */
export function identify(
  identifiers: JsonObject,
  attributes: JsonObject,
  timestamp?: number,
): JsonObject {
  const item = { type: "person", action: "identify", identifiers, attributes };
  return timestamp === undefined ? item : { ...item, timestamp };
}

/** An event item of Track v2. */
export function event(identifiers: JsonObject, name: string, more: JsonObject = {}): JsonObject {
  return { type: "person", action: "event", identifiers, name, ...more };
}

/** The errors of an answer, as `[field, batch_index]`. */
export function errorsOf(answer: Answer): [Json | undefined, Json | undefined][] {
  if (!isObject(answer.body) || !Array.isArray(answer.body["errors"])) return [];
  return answer.body["errors"].map((error) =>
    isObject(error) ? [error["field"], error["batch_index"]] : [undefined, undefined],
  );
}
