// The doors' and the wake-ups' counts as metrics. They are read when somebody asks, so they
// cost a webhook nothing.

import { Counter, type Registry } from "prom-client";

import type { Wakeups } from "../queue/wakeups.ts";
import type { HookDoor } from "./hooks.ts";
import type { WebhookDoor } from "./webhooks.ts";

/** Registers `ringtrue_webhooks_total{outcome}`, `ringtrue_webhook_groups_total` and `ringtrue_wakeups_total{outcome}`. */
export function registerWebhookMetrics(
  registry: Registry,
  door: WebhookDoor,
  wakeups: Pick<Wakeups, "counts">,
): void {
  registerOutcomes(registry, "ringtrue_webhooks_total", "Webhooks by what became of them", () => {
    const { refused, groups: _groups, ...outcomes } = door.counts();
    const refusals = Object.entries(refused).map(([status, count]) => [`refused_${status}`, count]);
    return { ...outcomes, ...Object.fromEntries(refusals) };
  });
  registerOutcomes(
    registry,
    "ringtrue_wakeups_total",
    "Wake-ups by what became of them",
    wakeups.counts,
  );
  const groups: Counter = new Counter({
    name: "ringtrue_webhook_groups_total",
    help: "Transactions that stored webhooks",
    registers: [registry],
    collect() {
      groups.reset();
      groups.inc(door.counts().groups);
    },
  });
}

/** Registers `ringtrue_hooks_total{outcome}`: what Twilio and Customer.io sent. */
export function registerHookMetrics(registry: Registry, door: HookDoor): void {
  registerOutcomes(registry, "ringtrue_hooks_total", "Hooks by what became of them", () => {
    const { refused, groups: _groups, ...outcomes } = door.counts();
    return { ...outcomes, refused: Object.values(refused).reduce((sum, count) => sum + count) };
  });
}

function registerOutcomes(
  registry: Registry,
  name: string,
  help: string,
  read: () => Record<string, number>,
): void {
  const counter: Counter<"outcome"> = new Counter({
    name,
    help,
    labelNames: ["outcome"],
    registers: [registry],
    collect() {
      counter.reset();
      for (const [outcome, count] of Object.entries(read())) counter.inc({ outcome }, count);
    },
  });
}
