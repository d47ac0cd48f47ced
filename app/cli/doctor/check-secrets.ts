/** The secrets: there, our own, and fit to open what was sealed before. */
import { openConnection } from "#app/db/shop-connection.ts";
import type { Connection } from "#app/core/settings/connection.ts";
import type { Config } from "#app/platform/config.ts";
import { createSealer, SealError } from "#app/platform/crypto.ts";
import { EXAMPLE_SECRETS } from "#app/platform/example-secrets.ts";
import type { Check } from "./check.ts";
import { ok, warning, wrong } from "./check.ts";

export function checkSecrets({ shopify, environment }: Config): Check {
  const published: readonly string[] = Object.values(EXAMPLE_SECRETS);
  const ours = [shopify.apiKey, shopify.apiSecret].every((secret) => !published.includes(secret));
  if (ours) return ok("secrets", `set for ${environment}`);
  const remedy =
    "set SHOPIFY_API_KEY and SHOPIFY_API_SECRET to your app's, from the Shopify dashboard";
  return warning("secrets", "Shopify's are the published example, fit for the demo only", remedy);
}

export type SealFindings = { check: Check; connections: Connection[] };

export function checkSealed(
  sealed: readonly { domain: string; credentials: string }[],
  { encryption }: Config,
): SealFindings {
  const sealer = createSealer(encryption);
  const connections: Connection[] = [];
  const closed: string[] = [];
  for (const { domain, credentials } of sealed) {
    try {
      connections.push(openConnection(sealer, credentials));
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      closed.push(domain);
    }
  }
  const name = "stored keys";
  if (closed.length === 0) {
    return { check: ok(name, `shops connected: ${connections.length}, all open`), connections };
  }
  const remedy =
    "put the key they were sealed with into ENCRYPTION_KEY_PREVIOUS, or connect these shops again";
  return { check: wrong(name, `do not open: ${closed.join(", ")}`, remedy), connections };
}
