// Holds the webhooks a scenario caused until the round in which they are to be told, and hands each
// round out shuffled, with some of them twice.
import type { Webhook } from "../shopify/model.ts";
import type { Random } from "../shopify/random.ts";
import type { Step } from "./scenario.ts";

export type Telling = { webhook: Webhook; copies: number };

export type Mailbox = {
  put(webhook: Webhook): void;
  /** Sets what the webhooks put from now on are told by. */
  begin(round: number, step: Step): void;
  takeRound(round: number): Telling[];
};

const TWICE = 0.15;

export function createMailbox(random: Random): Mailbox {
  const byRound = new Map<number, Telling[]>();
  let due = 0;
  let copies = 1;
  return {
    put(webhook) {
      const telling = { webhook, copies: copies + Number(random.next() < TWICE) };
      byRound.set(due, [...(byRound.get(due) ?? []), telling]);
    },
    begin(round, step) {
      due = step.deliver?.inRound ?? round;
      copies = step.deliver?.copies ?? 1;
    },
    takeRound(round) {
      const taken = random.shuffle(byRound.get(round) ?? []);
      byRound.delete(round);
      return taken;
    },
  };
}
