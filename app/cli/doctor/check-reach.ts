/** Whether Customer.io's hosts answer from here. Any answer will do: nothing is asked of them. */
import type { Connection } from "#app/core/settings/connection.ts";
import type { Config } from "#app/platform/config.ts";
import { sayFault } from "../say-fault.ts";
import type { Check } from "./check.ts";
import { ok, wrong } from "./check.ts";

const TRACK = { us: "https://track.customer.io", eu: "https://track-eu.customer.io" } as const;
const TIMEOUT_MS = 5_000;

/** The hosts of the regions in use, or the usual one when no shop is connected yet. */
export function checkReach(
  { customerio }: Config,
  connections: readonly Connection[],
): Promise<Check[]> {
  const regions = new Set(connections.map(({ region }) => region));
  if (regions.size === 0) regions.add("us");
  const hosts = new Set([...regions].map((region) => customerio.trackUrl ?? TRACK[region]));
  return Promise.all([...hosts].map(checkHost));
}

async function checkHost(origin: string): Promise<Check> {
  const name = `reach ${new URL(origin).host}`;
  try {
    const response = await fetch(origin, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return ok(name, `answers (${response.status})`);
  } catch (error) {
    const remedy =
      "allow outgoing HTTPS to this host, or set CUSTOMERIO_TRACK_URL to the proxy that leads there";
    return wrong(name, `does not answer: ${sayFault(error)}`, remedy);
  }
}
