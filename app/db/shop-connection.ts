/**
 * A shop's Customer.io keys at rest: one sealed text. Whoever opens it says so by holding the
 * sealer; a text that opens but does not read is a fault, because only we write it.
 */
import { readConnection, type Connection } from "#app/core/settings/connection.ts";
import type { Sealer } from "#app/platform/crypto.ts";

export function sealConnection(sealer: Sealer, connection: Connection): string {
  return sealer.seal(JSON.stringify(connection));
}

export function openConnection(sealer: Sealer, sealed: string): Connection {
  const reading = readConnection(JSON.parse(sealer.open(sealed)));
  if (!reading.ok) throw new Error("the stored Customer.io connection is not valid");
  return reading.connection;
}
