// Folding a million tellings of 100,000 shoppers in one pass: the memory must not grow with shoppers already folded, so the most
// that is ever alive in that process is held against the same of one that folds a tenth of them. (The kernel's high-water mark would
// rather tell how much garbage the engine lets lie before it collects: that grows with how long a process runs.)

import { fork } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";

import type { BenchResult } from "../bench-result.ts";
import { end, nextMessage } from "../measured-process.ts";
import type { FoldingReport } from "./folding-process.ts";
import { TELLINGS_EACH } from "./heard-people.ts";

const SHOPPERS = 100_000;
const FEWER = 10_000;

/** About a minute. */
export async function run(): Promise<BenchResult[]> {
  const some = await fold(FEWER);
  const all = await fold(SHOPPERS);
  const folded = all.observations / all.folding;
  const parsed = all.observations / all.parsing;
  return [
    {
      name: "fold-a-million",
      value: all.liveMegabytes,
      unit: "MB alive at most",
      baseline: some.liveMegabytes,
      ratio: all.liveMegabytes / some.liveMegabytes,
      target: "<= 1.3",
    },
    {
      name: "fold-a-million-vs-parse",
      value: folded,
      unit: "tellings/s",
      baseline: parsed,
      ratio: folded / parsed,
      target: ">= 0.1",
    },
  ];
}

/** Throws when not everybody came out: then the run is void. */
async function fold(shoppers: number): Promise<FoldingReport> {
  const file = fileURLToPath(new URL("./folding-process.ts", import.meta.url));
  const child = fork(file, [String(shoppers)], {
    execArgv: ["--expose-gc"],
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  try {
    const report = await nextMessage<FoldingReport>(child);
    if (report.people !== shoppers || report.observations !== shoppers * TELLINGS_EACH) {
      throw new Error(`${report.people} of ${shoppers} people came out: the run is void`);
    }
    return report;
  } finally {
    await end(child);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
}
