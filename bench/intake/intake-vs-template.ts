// Webhooks acknowledged, against the way Shopify's template leads to. Theirs are in Redis then, and
// ours on disk.

import { pathToFileURL } from "node:url";

import type { BenchResult } from "../bench-result.ts";
import { measureAgainst } from "./measure-against.ts";
import { median, withRig } from "./rig.ts";

const ROUNDS = 6;

/** About 30 seconds. */
export function run(): Promise<BenchResult[]> {
  return withRig(async (rig) => {
    const rounds = await measureAgainst(rig, "template", ROUNDS, {
      connections: 256,
      mode: { kind: "closed" },
      warmUpMs: 400,
      measuredMs: 1_500,
    });
    return [
      {
        name: "intake-vs-template",
        value: median(rounds.map(({ ringtrue }) => ringtrue.perSecond)),
        unit: "webhooks/s",
        baseline: median(rounds.map(({ baseline }) => baseline.perSecond)),
        ratio: median(
          rounds.map(({ baseline, ringtrue }) => ringtrue.perSecond / baseline.perSecond),
        ),
        target: ">= 8",
      },
    ];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
}
