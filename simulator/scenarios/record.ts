// Records a scenario without waiting: the same acts under a set clock, as batches of webhooks in the
// order of telling. For tests that permute, repeat and split them.
import { createSettableClock } from "../shopify/clock.ts";
import { createRandom } from "../shopify/random.ts";
import { createShop, type Shop } from "../shopify/shop.ts";
import { perform } from "../shopify/verbs.ts";
import { createMailbox, type Telling } from "./mailbox.ts";
import { planScenario } from "./plan.ts";
import type { Scenario } from "./scenario.ts";

const DAY_MS = 86_400_000;

/** `base` is the beginning of the live part. The first batch is the history. */
export function recordScenario(
  scenario: Scenario,
  options: { base: Date; seed?: number; shop?: string },
): { shop: Shop; batches: Telling[][] } {
  const mailbox = createMailbox(createRandom(options.seed ?? 1));
  const clock = createSettableClock(options.base);
  const shop = createShop({ domain: options.shop ?? scenario.shop, clock, onWebhook: mailbox.put });
  const plan = planScenario(scenario);
  for (const { daysAgo, step } of plan.history) {
    clock.set(new Date(options.base.getTime() - daysAgo * DAY_MS));
    mailbox.begin(0, step);
    perform(shop, step.act);
  }
  clock.set(options.base);
  const batches = [mailbox.takeRound(0)];
  for (const { round, steps, pauseMs } of plan.rounds) {
    clock.advance(pauseMs + scenario.roundMs);
    for (const step of steps) {
      mailbox.begin(round, step);
      perform(shop, step.act);
    }
    batches.push(mailbox.takeRound(round));
  }
  return { shop, batches };
}
