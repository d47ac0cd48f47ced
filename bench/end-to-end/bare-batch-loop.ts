// The baseline of delivery: identifies as large as ours, in batches, one request after another.

import { TrackClient } from "customerio-node";

const [trackUrl = ""] = process.argv.slice(2);
const track = new TrackClient("bench", "bench", {
  url: `${trackUrl}/api/v1`,
  retry: { maxRetries: 0 },
});

async function send(people: number, perCall: number): Promise<number> {
  const operations = Array.from({ length: people }, (_, person) => ({
    type: "person" as const,
    action: "identify",
    identifiers: { email: `shopper${person}@example.com` },
    timestamp: 1_800_000_000,
    attributes: { phone: "+14156001234", filler: "x".repeat(700) },
  }));
  const startedAt = Date.now();
  for (let from = 0; from < people; from += perCall) {
    await track.batch(operations.slice(from, from + perCall));
  }
  return Date.now() - startedAt;
}

process.on("disconnect", () => process.exit(0));
process.on("message", ({ people, perCall }: { people: number; perCall: number }) => {
  void send(people, perCall).then((ms) => process.send?.(ms));
});
process.send?.("ready");
