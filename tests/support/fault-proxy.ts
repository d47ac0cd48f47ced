// A proxy on the loopback that stands between the app and one of its services and spoils what goes
// through: late, frozen, cut, refused. What happens to bytes already under way is what a network
// does: the other side is not asked.
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export type FaultProxy = {
  port: number;
  /** The service's address with the proxy's port in it. */
  through(url: string): string;
  /** Connections open now, and how many there ever were. */
  counts(): { open: number; ever: number; cut: number };
  /** Every piece of an answer is held back this long; 0 ends it. */
  delay(ms: number): void;
  /** Nothing gets through in either direction, and nobody is told, until `resume`. */
  stall(): void;
  resume(): void;
  /** Ends every connection at once with a reset. */
  reset(): void;
  /** Resets each of the open connections in the middle of its next answer: half of a piece arrives. */
  cutAnswers(): void;
  /** New connections are accepted and reset at once, until told otherwise. */
  refuse(isRefusing: boolean): void;
  close(): Promise<void>;
};

type Pair = { client: Socket; server: Socket; cuts: boolean };

/** Starts a proxy in front of a port of this machine. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const pairs = new Set<Pair>();
  let delayMs = 0;
  let isRefusing = false;
  let isStalled = false;
  let ever = 0;
  let cut = 0;

  function end(pair: Pair): void {
    pairs.delete(pair);
    pair.client.resetAndDestroy();
    pair.server.resetAndDestroy();
  }

  function answer(pair: Pair, piece: Buffer): void {
    if (!pair.cuts) {
      pair.client.write(piece);
      return;
    }
    cut += 1;
    pair.client.write(piece.subarray(0, Math.floor(piece.length / 2)), () => end(pair));
  }

  const door = createServer({ noDelay: true }, (client) => {
    ever += 1;
    if (isRefusing) {
      client.on("error", () => undefined);
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: targetPort, host: "127.0.0.1", noDelay: true });
    const pair = { client, server, cuts: false };
    pairs.add(pair);
    // Nobody is left to tell of an error but the other side, which sees the connection end.
    client.on("error", () => undefined);
    server.on("error", () => undefined);
    client.on("close", () => end(pair));
    server.on("close", () => end(pair));
    client.on("data", (piece) => server.write(piece));
    server.on("data", (piece) => {
      if (delayMs === 0) answer(pair, piece);
      else setTimeout(() => pairs.has(pair) && answer(pair, piece), delayMs);
    });
    if (isStalled) freeze(pair);
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const { port } = door.address() as AddressInfo;

  function freeze({ client, server }: Pair): void {
    client.pause();
    server.pause();
  }

  return {
    port,
    through(url) {
      const changed = new URL(url);
      changed.host = `127.0.0.1:${port}`;
      return changed.href.replace(/\/$/, "");
    },
    counts: () => ({ open: pairs.size, ever, cut }),
    delay(ms) {
      delayMs = ms;
    },
    stall() {
      isStalled = true;
      for (const pair of pairs) freeze(pair);
    },
    resume() {
      isStalled = false;
      for (const { client, server } of pairs) {
        client.resume();
        server.resume();
      }
    },
    reset() {
      for (const pair of pairs) end(pair);
    },
    cutAnswers() {
      for (const pair of pairs) pair.cuts = true;
    },
    refuse(refusing) {
      isRefusing = refusing;
    },
    async close() {
      for (const pair of pairs) end(pair);
      door.close();
      await once(door, "close");
    },
  };
}
