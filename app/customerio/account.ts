/**
 * Which workspace a pair of keys belongs to. Customer.io tells its region and number for any keys it
 * accepts, which is how keys are checked, a wrong region is found, and two shops that share one
 * workspace.
 */
import { CustomerIORequestError, RegionEU, RegionUS, TrackClient } from "customerio-node";
import { z } from "zod";
import type { Connection } from "#app/core/settings/connection.ts";
import type { Account } from "#app/core/settings/shared-workspace.ts";

const TIMEOUT_MS = 5_000;

const accountBody = z.object({
  region: z.enum(["us", "eu"]),
  environment_id: z.union([z.string(), z.number()]),
});

/** `trackUrl` is an origin that replaces the region's (a proxy); null uses the region's. */
export async function readAccount(
  { region, site_id, api_key }: Connection,
  trackUrl: string | null,
): Promise<Account> {
  const client = new TrackClient(site_id, api_key, {
    region: region === "eu" ? RegionEU : RegionUS,
    ...(trackUrl === null ? {} : { url: `${trackUrl.replace(/\/+$/, "")}/api/v1` }),
    timeout: TIMEOUT_MS,
    retry: { maxRetries: 0 },
  });
  try {
    const body = accountBody.safeParse(await client.getAccountRegion());
    if (!body.success) return { kind: "unknown", reason: "unreadable_answer" };
    const { region: actual, environment_id } = body.data;
    return { kind: "known", region: actual, environment: `${actual}:${environment_id}` };
  } catch (fault) {
    return answerOf(fault);
  }
}

function answerOf(fault: unknown): Account {
  if (fault instanceof CustomerIORequestError) {
    const { statusCode } = fault;
    if (statusCode === 401 || statusCode === 403) return { kind: "unauthorized" };
    return { kind: "unknown", reason: `status ${statusCode}` };
  }
  if (!(fault instanceof Error)) throw fault;
  return { kind: "unknown", reason: fault.name === "TimeoutError" ? "timeout" : "no answer" };
}
