// What `npm run soak` was asked for. Everything has a default; a seed that is not given is drawn, and
// printed with the result.
import { parseArgs } from "node:util";

export type SoakArguments = {
  webhooks: number;
  shops: number;
  seed: number;
  queue: "postgres" | "redis";
  /** For each of the two runs at most. */
  minutes: number;
};

type Reading = { ok: true; wanted: SoakArguments } | { ok: false; problem: string };

const USAGE =
  "usage: npm run soak -- [--webhooks N] [--shops N] [--seed S] [--queue postgres|redis] [--minutes N]";

export function readSoakArguments(args: readonly string[]): Reading {
  const texts = parse(args);
  if (texts === null) return { ok: false, problem: USAGE };
  const { queue = "postgres" } = texts;
  if (queue !== "postgres" && queue !== "redis") return { ok: false, problem: USAGE };
  const wanted: SoakArguments = {
    webhooks: Number(texts.webhooks ?? 100_000),
    shops: Number(texts.shops ?? 20),
    seed: Number(texts.seed ?? 1 + Math.floor(Math.random() * 1_000_000)),
    queue,
    minutes: Number(texts.minutes ?? 60),
  };
  const counts = [wanted.webhooks, wanted.shops, wanted.seed, wanted.minutes];
  if (!counts.every((count) => Number.isSafeInteger(count) && count > 0)) {
    return { ok: false, problem: USAGE };
  }
  return { ok: true, wanted };
}

type Texts = Partial<Record<"webhooks" | "shops" | "seed" | "queue" | "minutes", string>>;

function parse(args: readonly string[]): Texts | null {
  const text = { type: "string" } as const;
  const options = { webhooks: text, shops: text, seed: text, queue: text, minutes: text };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    // What it does not know is answered with how it is used.
    return null;
  }
}
