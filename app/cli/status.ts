/** `ringtrue status`: how far a shop's messages and tellings have come. */
import { readFunnel } from "#app/db/funnel.ts";
import { readStatus } from "#app/db/status.ts";
import { forShop } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done } from "./outcome.ts";
import { facts } from "./table.ts";

export function status(domain: string): Promise<Outcome> {
  return forShop(domain, async ({ pool }, shop) => {
    const {
      inboxPending,
      outboxPending,
      delivered,
      deadLetters,
      scheduled,
      held,
      oldestPendingMs,
      paused,
      pausedBecause,
      mode,
    } = await readStatus(pool, shop.id);
    const data = {
      inboxPending,
      outboxPending,
      delivered,
      deadLetters,
      scheduled,
      held,
      oldestPendingMs,
      paused,
      mode,
    };
    const funnel = await readFunnel(pool, shop.id);
    const inWords = { ...data, paused: pausedBecause ?? paused };
    const people = Object.entries(funnel).map(([stage, count]) => [`  ${stage}`, count] as const);
    const text = facts([...Object.entries(inWords), ["people", null], ...people]);
    return done({ ...data, funnel }, text);
  });
}
