// The soak: many shops, many webhooks in random order and some of them twice, while the database, the
// queue, web, worker and Customer.io fail at random. What remains must be what the same webhooks leave
// when they come once, in order, and nothing fails; and every shop's books must balance.
import { crowd } from "../../simulator/scenarios/crowd.ts";
import type { Webhook } from "../../simulator/shopify/model.ts";
import { createRandom } from "../../simulator/shopify/random.ts";
import { comparable, differences } from "./compare-workspaces.ts";
import { runCrowd } from "./crowd-run.ts";
import { setStage, type Queue } from "./crowd-stage.ts";
import type { ShopEnd } from "./judge-shop.ts";
import type { Services } from "./services.ts";

export type SoakPlan = {
  services: Services;
  webhooks: number;
  shops: number;
  /** Whose lives are lived. */
  crowdSeed: number;
  /** In what order they are heard, and what fails when. */
  seed: number;
  /** For one run, setting up not counted. */
  withinMs: number;
};

export type SoakEnd = {
  /** Sentences that name the shop; empty when all is well. */
  problems: string[];
  mishaps: number;
  /** Requests that Customer.io spoilt, and all of them. */
  spoilt: number;
  requests: number;
  people: number;
  /** How often people were told. */
  tellings: number;
  events: number;
};

export type Undisturbed = Map<string, ShopEnd>;

const PEOPLE_FOR = 7;
const WEBHOOKS_PER_MISHAP = 1_000;
const FEWEST_MISHAPS = 19;

/** Hears everything once and in order, and nothing fails. Throws when even that goes wrong. */
export async function playUndisturbed(plan: SoakPlan): Promise<Undisturbed> {
  const shops = shopsOf(plan);
  const stage = await setStage({
    ...{ services: plan.services, shops, queue: "postgres", suffers: false, seed: plan.seed },
  });
  try {
    const { seed, withinMs } = plan;
    const webhooks = webhooksOf(plan);
    const ends = await runCrowd({ stage, shops, webhooks, seed, strikes: 0, withinMs });
    const problems = problemsOf(ends);
    if (problems.length > 0) throw new Error(`undisturbed: ${problems.slice(0, 5).join("; ")}`);
    return ends;
  } finally {
    await stage.close();
  }
}

/** The same while everything fails. Throws when it does not end in time. */
export async function playSoak(
  plan: SoakPlan,
  queue: Queue,
  undisturbed: Undisturbed,
): Promise<SoakEnd> {
  const { services, seed, withinMs } = plan;
  const shops = shopsOf(plan);
  const stage = await setStage({ services, shops, queue, suffers: true, seed });
  try {
    const webhooks = createRandom(seed).shuffle(webhooksOf(plan));
    const strikes = Math.max(FEWEST_MISHAPS, Math.floor(plan.webhooks / WEBHOOKS_PER_MISHAP));
    const ends = await runCrowd({ stage, shops, webhooks, seed, strikes, withinMs });
    const compared = [...ends].flatMap(([shop, { snapshot }]) => {
      const expected = undisturbed.get(shop);
      if (expected === undefined) return [`${shop} was not played undisturbed`];
      return differences(comparable(expected.snapshot), comparable(snapshot)).map(
        (difference) => `${shop}: ${difference}`,
      );
    });
    const { requests, byFault, byKind } = stage.customerio.control.totals();
    return {
      problems: [...problemsOf(ends), ...compared],
      mishaps: strikes,
      spoilt: Object.values(byFault).reduce((sum, count) => sum + count, 0),
      requests,
      people: count(ends, ({ snapshot }) => snapshot.people.length),
      tellings: byKind["identify"] ?? 0,
      events: count(ends, ({ snapshot }) => snapshot.events.length),
    };
  } finally {
    await stage.close();
  }
}

function problemsOf(ends: ReadonlyMap<string, ShopEnd>): string[] {
  return [...ends].flatMap(([shop, { problems }]) =>
    problems.map((problem) => `${shop}: ${problem}`),
  );
}

function count(ends: ReadonlyMap<string, ShopEnd>, of: (end: ShopEnd) => number): number {
  return [...ends.values()].reduce((sum, end) => sum + of(end), 0);
}

function shopsOf({ shops }: SoakPlan): string[] {
  return Array.from({ length: shops }, (_, index) => `shop-${index + 1}.myshopify.com`);
}

/** Exactly as many as asked for, the shops taking turns. */
function webhooksOf(plan: SoakPlan): Webhook[] {
  const shops = shopsOf(plan);
  const each = Math.ceil(plan.webhooks / shops.length);
  const people = Math.max(5, Math.ceil(each / PEOPLE_FOR));
  const crowds = shops.map((shop, index) =>
    crowd({ webhooks: each, people, shop, seed: plan.crowdSeed + index }),
  );
  const turns = Array.from({ length: each }, (_, turn) => crowds.flatMap((one) => one[turn] ?? []));
  return turns.flat().slice(0, plan.webhooks);
}
