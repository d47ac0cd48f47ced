/** `ringtrue status`: how far a shop's messages and tellings have come. */
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
    const inWords = { ...data, paused: pausedBecause ?? paused };
    return done(data, facts(Object.entries(inWords)));
  });
}
