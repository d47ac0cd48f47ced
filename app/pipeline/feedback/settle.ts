/** Settles what became of one piece of feedback: done, a dead letter, or waiting for its next try. */
import type { FeedbackDue, FeedbackKind } from "#app/db/feedback.ts";
import { buryFeedback, putOffAll, putOffFeedback, settleFeedback } from "#app/db/feedback.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { waitFor, type Outcome } from "./outcome.ts";
import type { FeedbackPorts } from "./ports.ts";

export async function settle(
  { pool, log, now }: Pick<FeedbackPorts, "pool" | "log" | "now">,
  shop: WorkingShop,
  kind: FeedbackKind,
  { id, attempts }: FeedbackDue,
  outcome: Outcome,
): Promise<void> {
  const { detail } = outcome;
  const said = { shop: shop.domain, feedback: id, to: kind, detail };
  switch (outcome.kind) {
    case "done":
      await settleFeedback(pool, shop.id, id, detail);
      log.debug(said, "feedback told");
      return;
    case "dead":
      await buryFeedback(pool, shop, kind, id, detail);
      log.warn(said, "feedback is refused; it is a dead letter");
      return;
    case "waits": {
      const waitMs = waitFor(outcome.waitMs, attempts, Math.random());
      await putOffFeedback(pool, shop.id, id, new Date(now() + waitMs), detail);
      return;
    }
    case "away": {
      const waitMs = waitFor(outcome.waitMs, attempts, Math.random());
      const at = now();
      await putOffAll(pool, shop.id, kind, new Date(at), new Date(at + waitMs), detail);
      log.warn({ ...said, waitMs }, "feedback waits");
    }
  }
}
