import type { Server } from "node:http";

// Starting and stopping a simulator's server: on the loopback only, and closed in one go even
// while clients keep connections alive or wait for an answer that never comes.

/** Listens on 127.0.0.1 (port 0: any free one) and resolves with the port; rejects when it is taken. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Stops listening and cuts every connection; resolves when the port is free. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
