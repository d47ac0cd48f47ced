import type { Answer } from "../control/answer.ts";
import { isObject, type Json, type JsonObject } from "../control/json.ts";
import {
  describePerson,
  describeWorkspace,
  listActivity,
  listEvents,
  listPeople,
} from "./overview.ts";
import { setOptOut } from "./opt-outs.ts";
import { readFaultPlan } from "./read-fault-plan.ts";
import { readAccount, readSettings } from "./read-control.ts";
import {
  addWorkspace,
  findWorkspace,
  releaseWaiting,
  resetSimulation,
  type Simulation,
} from "./simulation.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { Workspace } from "./workspace.ts";

// The control API under /_control/customerio/: what arrived, what is there now, what shall go
// wrong. `?workspace=<site id>` picks a workspace; the first one is meant otherwise.

export const CONTROL_PREFIX = "/_control/customerio";

/** Answers a control request; `path` is what follows the prefix. */
export function answerControl(
  simulation: Simulation,
  method: string,
  path: string,
  query: URLSearchParams,
  body: Json,
): Answer {
  const input = isObject(body) ? body : {};
  const changed = changeSimulation(simulation, `${method} ${path}`, input);
  if (changed) return changed;
  const workspace = findWorkspace(simulation, query.get("workspace"));
  if (!workspace) return problem(404, "no such workspace");
  if (`${method} ${path}` === "POST /optouts") return addOptOut(workspace, input);
  const answer = method === "GET" ? readSimulation(simulation, workspace, path, query) : null;
  return answer ?? problem(404, `no control ${method} ${path}`);
}

function changeSimulation(simulation: Simulation, route: string, input: JsonObject): Answer | null {
  switch (route) {
    case "POST /reset": {
      const { seed, keepSettings } = input;
      const options = {
        keepSettings: keepSettings === true,
        ...(typeof seed === "number" ? { seed } : {}),
      };
      resetSimulation(simulation, options);
      return { status: 200, body: {} };
    }
    case "POST /faults": {
      const reading = readFaultPlan(input);
      if (!reading.ok) return problem(400, reading.problem);
      return { status: 201, body: simulation.faults.add(reading.plan) };
    }
    case "POST /release":
      releaseWaiting(simulation);
      return { status: 200, body: {} };
    case "DELETE /faults":
      simulation.faults.clear();
      return { status: 200, body: {} };
    case "PATCH /settings": {
      const reading = readSettings(input);
      if (!reading.ok) return problem(400, reading.problem);
      Object.assign(simulation.settings, reading.settings);
      return { status: 200, body: simulation.settings };
    }
    case "POST /workspaces": {
      const account = readAccount(input);
      if (!account) return problem(400, "siteId and apiKey are required");
      addWorkspace(simulation, account);
      return { status: 201, body: { siteId: account.siteId } };
    }
    default:
      return null;
  }
}

function readSimulation(
  simulation: Simulation,
  workspace: Workspace,
  path: string,
  query: URLSearchParams,
): Answer | null {
  const limit = Math.max(0, Number(query.get("limit") ?? 200) || 0);
  if (path.startsWith("/people/")) {
    const person = describePerson(workspace, decodeURIComponent(path.slice("/people/".length)));
    return person ? ok(person) : problem(404, "nobody has this identifier");
  }
  switch (path) {
    case "":
    case "/overview":
      return ok({
        ...describeWorkspace(workspace),
        workspaces: [...simulation.workspaces.keys()],
        requests: simulation.requests.totals().requests,
        faults: simulation.faults.list().length,
      });
    case "/people":
      return ok({ people: listPeople(workspace, query.get("query") ?? "", limit) });
    case "/events":
      return ok({ events: listEvents(workspace, { name: query.get("name"), limit }) });
    case "/activity":
      return ok({ activity: listActivity(workspace, limit) });
    case "/requests":
      return ok({
        totals: simulation.requests.totals(),
        requests: simulation.requests.entries.latest(limit),
      });
    case "/snapshot":
      return ok(takeSnapshot(workspace));
    case "/faults":
      return ok({ faults: simulation.faults.list() });
    case "/settings":
      return ok(simulation.settings);
    default:
      return null;
  }
}

function addOptOut(workspace: Workspace, input: JsonObject): Answer {
  const { person: name, from, channel } = input;
  const detail = typeof name === "string" ? describePerson(workspace, name) : null;
  const person = detail ? workspace.people.get(detail.cioId) : undefined;
  if (!person || typeof from !== "string") return problem(400, "person and from are required");
  const entry = { from, channel: channel === "whatsapp" ? "whatsapp" : "sms" } as const;
  setOptOut(workspace, person, entry, input["optout"] !== false);
  return { status: 200, body: {} };
}

function ok(body: object): Answer {
  return { status: 200, body };
}

function problem(status: number, text: string): Answer {
  return { status, body: { error: text } };
}
