/**
 * One Customer.io workspace, spoken to in batches (Track v2). customerio-node makes the requests; its
 * own retry has no part, because retrying is decided in one place, by what the answer means.
 */
import { createHash } from "node:crypto";
import { RegionEU, RegionUS, TrackClient } from "customerio-node";
import type { Connection } from "#app/core/settings/connection.ts";
import { readAnswer, type Answer, type Exchange } from "./answer.ts";
import { exchange } from "./exchange.ts";
import type { Operation } from "./operations.ts";

export type Workspace = {
  /** The same for every shop that is connected to this workspace; not a secret. */
  key: string;
  send(operations: readonly Operation[]): Promise<Answer>;
};

const TIMEOUT_MS = 10_000;

/** `trackUrl` is an origin that replaces the region's (a proxy); null uses the region's. */
export function createWorkspace(connection: Connection, trackUrl: string | null): Workspace {
  const client = new TrackClient(connection.site_id, connection.api_key, {
    region: connection.region === "eu" ? RegionEU : RegionUS,
    ...(trackUrl === null ? {} : { url: `${trackUrl.replace(/\/+$/, "")}/api/v1` }),
    retry: { maxRetries: 0 },
  });
  client.request.handler = (request) => exchange(request, TIMEOUT_MS);
  return {
    key: keyOf(connection),
    async send(operations) {
      const came = (await client.batch([...operations])) as Exchange;
      return readAnswer(came, operations.length, Date.now());
    },
  };
}

function keyOf({ region, site_id }: Connection): string {
  return createHash("sha256").update(`${region} ${site_id}`).digest("hex").slice(0, 32);
}
