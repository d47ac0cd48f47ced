// Plays a scenario live: history first, then its rounds in real time, because quiet times are
// measured in it. Resolves when every webhook has been acknowledged or has used up its retries.
import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "../shopify/random.ts";
import type { Shop } from "../shopify/shop.ts";
import type { Shopify } from "../shopify/shopify.ts";
import { perform } from "../shopify/verbs.ts";
import { createMailbox } from "./mailbox.ts";
import { planScenario } from "./plan.ts";
import type { HookStep, Scenario } from "./scenario.ts";

export type PlayOptions = {
  roundMs?: number;
  seed?: number;
  /** Resolves when the app has nothing left to do for what it was told: waited for after the history. */
  settle?: () => Promise<void>;
  /** Called when a round is due; it begins when this resolves. */
  beforeRound?: (round: number) => Promise<void>;
  /** Tells the app what others than Shopify have to tell; nobody does unless this is given. */
  tellHook?: (step: HookStep) => void;
};

const DAY_MS = 86_400_000;

export async function playScenario(
  shopify: Shopify,
  shop: Shop,
  scenario: Scenario,
  options: PlayOptions = {},
): Promise<void> {
  const mailbox = createMailbox(createRandom(options.seed ?? 1));
  const plan = planScenario(scenario);
  function tell(round: number): void {
    for (const { webhook, copies } of mailbox.takeRound(round)) shopify.send(webhook, copies);
  }
  shopify.divert(mailbox.put);
  try {
    const start = Date.now();
    for (const { daysAgo, step } of plan.history) {
      shopify.setTime(new Date(start - daysAgo * DAY_MS));
      mailbox.begin(0, step);
      perform(shop, step.act);
    }
    shopify.setTime(null);
    tell(0);
    await shopify.deliverer().idle();
    await options.settle?.();
    for (const { round, steps, pauseMs } of plan.rounds) {
      await pause(pauseMs + (options.roundMs ?? scenario.roundMs));
      await options.beforeRound?.(round);
      for (const step of steps) {
        mailbox.begin(round, step);
        perform(shop, step.act);
      }
      tell(round);
      for (const hook of scenario.hooks) if (hook.round === round) options.tellHook?.(hook);
    }
  } finally {
    shopify.setTime(null);
    shopify.divert(null);
  }
  await shopify.deliverer().idle();
}
