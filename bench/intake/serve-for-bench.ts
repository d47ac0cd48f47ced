// What every measured server has in common: it is told where its database is, and tells its port.

import type { AddressInfo } from "node:net";
import type { Server } from "node:http";

export type ServingForBench = {
  databaseUrl: string;
  redisUrl: string;
  secret: string;
  /** Listens on a free port and tells the parent which. */
  announce(server: Server): void;
  /** Tells the parent a port somebody listens on already. */
  announcePort(port: number): void;
};

/** Reads what the parent process handed over; the process ends with its parent. */
export function serveForBench(): ServingForBench {
  const [databaseUrl = "", redisUrl = "", secret = ""] = process.argv.slice(2);
  process.on("disconnect", () => process.exit(0));
  function announcePort(port: number): void {
    process.send?.(port);
  }
  return {
    databaseUrl,
    redisUrl,
    secret,
    announcePort,
    announce(server) {
      server.listen(0, "127.0.0.1", () => announcePort((server.address() as AddressInfo).port));
    },
  };
}
