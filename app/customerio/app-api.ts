/**
 * Customer.io's App API, as far as Ringtrue reads it: opt-outs of senders, people, their
 * attributes. Spoken through customerio-node (its request, where it has no call of its own), with
 * its retry off, at the workspace's pace. Every name in a path or query is encoded, since a bare
 * "+" or "@" is answered 200 with nobody in it.
 */
import { APIClient, RegionEU, RegionUS } from "customerio-node";
import type { z } from "zod";
import type { Connection } from "#app/core/settings/connection.ts";
import { readBody, sortFault, type AppAnswer } from "./app-answer.ts";
import { paceOf } from "./app-pace.ts";
import {
  anything,
  optOutPage,
  optOutsOfOne,
  peopleByEmail,
  peopleFound,
  personAttributes,
} from "./app-shapes.ts";

export type { AppAnswer } from "./app-answer.ts";

/** How a profile is named. `cio_id` is Customer.io's own name for it, which never changes. */
export type ProfileId = { email: string } | { id: string } | { cio_id: string };

/** One sender that must not text a person any more. `channel` is "sms" or "whatsapp". */
export type OptOut = { from: string; channel: string };

export type PersonOptOuts = {
  /** The profile's `id`; null where it has none. */
  customerId: string | null;
  cioId: string | null;
  optOuts: OptOut[];
};

export type ProfileFound = { id: string | null; email: string | null; cioId: string | null };

export type ProfileAttributes = {
  /** As the workspace gives them: often all as text. */
  attributes: Record<string, unknown>;
  /** Unsubscribed from everything. */
  unsubscribed: boolean;
  /** Unix seconds that each attribute was last written for; empty where the answer has none. */
  timestamps: Record<string, number>;
  cioId: string | null;
};

export type AppApi = {
  /** At most 1,000 people a page. `start` is the `next` of the page before; null begins. */
  listOptOuts(page: {
    start: string | null;
    limit: number;
  }): Promise<AppAnswer<{ people: PersonOptOuts[]; next: string | null }>>;
  optOutsOf(profile: ProfileId): Promise<AppAnswer<OptOut[]>>;
  /** For texts. Answered before it counts: reading at once may still show what was. */
  setOptOuts(
    profile: ProfileId,
    entries: { from: string; optout: boolean }[],
  ): Promise<AppAnswer<null>>;
  /** Nobody is an empty list, never `missing`. */
  findByEmail(email: string): Promise<AppAnswer<ProfileFound[]>>;
  attributesOf(profile: ProfileId): Promise<AppAnswer<ProfileAttributes>>;
  /** By a filter in the App API's own words. */
  search(
    filter: unknown,
    start: string | null,
  ): Promise<AppAnswer<{ people: ProfileFound[]; next: string | null }>>;
};

const TIMEOUT_MS = 10_000;
const SEARCH_PAGE = "1000";

/** `appUrl` is an origin that replaces the region's (a proxy); null uses the region's. Null without an App API key. */
export function createAppApi(connection: Connection, appUrl: string | null): AppApi | null {
  if (connection.app_key === null) return null;
  const client = new APIClient(connection.app_key, {
    region: connection.region === "eu" ? RegionEU : RegionUS,
    ...(appUrl === null ? {} : { url: `${appUrl.replace(/\/+$/, "")}/v1` }),
    timeout: TIMEOUT_MS,
    retry: { maxRetries: 0 },
  });
  const { apiRoot, request } = client;
  const pace = paceOf(`${apiRoot} ${connection.site_id}`);

  async function ask<Body, Value>(
    call: () => Promise<unknown>,
    schema: z.ZodType<Body>,
    translate: (body: Body) => Value,
  ): Promise<AppAnswer<Value>> {
    await pace.turn();
    try {
      return readBody(schema, await call(), translate);
    } catch (fault) {
      return sortFault(fault, Date.now());
    }
  }

  const optOutsPath = (profile: ProfileId): string => `${apiRoot}${pathOf(profile, "optouts")}`;

  return {
    listOptOuts: ({ start, limit }) =>
      ask(
        () => request.get(`${apiRoot}/optouts?${queryOf({ start, limit: String(limit) })}`),
        optOutPage,
        ({ optouts, next }) => ({ people: optouts, next }),
      ),
    optOutsOf: (profile) =>
      ask(
        () => request.get(optOutsPath(profile)),
        optOutsOfOne,
        ({ optouts }) => optouts,
      ),
    setOptOuts: (profile, optouts) =>
      ask(
        () => request.put(optOutsPath(profile), { optouts }),
        anything,
        () => null,
      ),
    findByEmail: (email) =>
      ask(
        () => client.getCustomersByEmail(email),
        peopleByEmail,
        ({ results }) => results,
      ),
    attributesOf: (profile) =>
      ask(
        () => request.get(`${apiRoot}${pathOf(profile, "attributes")}`),
        personAttributes,
        ({ customer: { attributes, unsubscribed, timestamps, identifiers } }) => ({
          attributes,
          unsubscribed,
          timestamps,
          cioId: identifiers?.cio_id ?? null,
        }),
      ),
    search: (filter, start) =>
      ask(
        () =>
          request.post(`${apiRoot}/customers?${queryOf({ start, limit: SEARCH_PAGE })}`, {
            filter,
          }),
        peopleFound,
        ({ identifiers, next }) => ({ people: identifiers, next }),
      ),
  };
}

function pathOf(profile: ProfileId, what: "attributes" | "optouts"): string {
  const [[kind, value] = ["id", ""]] = Object.entries(profile);
  return `/customers/${encodeURIComponent(value)}/${what}?${queryOf({ id_type: kind })}`;
}

function queryOf(values: Record<string, string | null>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => !!entry[1]);
  return given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
}
