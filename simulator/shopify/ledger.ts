// The deliverer's book: for every webhook id what became of it, so that a run can be balanced
// against what the app says it received.

/** `failed`: all attempts used up. `dropped`: lost on purpose. */
export type DeliveryState = "queued" | "acknowledged" | "failed" | "dropped";

export type LedgerEntry = {
  webhookId: string;
  shop: string;
  topic: string;
  state: DeliveryState;
  /** Copies Shopify sent by mistake, beyond the first. */
  duplicates: number;
  /** One line per attempt, over all copies: the status, or the kind of failure. */
  attempts: string[];
  /** How often the app answered 2xx. */
  acknowledgements: number;
};

export type LedgerSummary = Record<DeliveryState, number> & {
  webhooks: number;
  attempts: number;
  acknowledgements: number;
};

export type Ledger = {
  open(webhook: { webhookId: string; shop: string; topic: string }): LedgerEntry;
  entries(): LedgerEntry[];
  summary(): LedgerSummary;
  clear(): void;
};

export function createLedger(): Ledger {
  const byId = new Map<string, LedgerEntry>();
  function open({
    webhookId,
    shop,
    topic,
  }: {
    webhookId: string;
    shop: string;
    topic: string;
  }): LedgerEntry {
    const known = byId.get(webhookId);
    if (known !== undefined) {
      known.duplicates += 1;
      return known;
    }
    const entry: LedgerEntry = {
      webhookId,
      shop,
      topic,
      state: "queued",
      duplicates: 0,
      attempts: [],
      acknowledgements: 0,
    };
    byId.set(webhookId, entry);
    return entry;
  }
  function summary(): LedgerSummary {
    const sum: LedgerSummary = {
      webhooks: 0,
      attempts: 0,
      acknowledgements: 0,
      queued: 0,
      acknowledged: 0,
      failed: 0,
      dropped: 0,
    };
    for (const entry of byId.values()) {
      sum.webhooks += 1;
      sum.attempts += entry.attempts.length;
      sum.acknowledgements += entry.acknowledgements;
      sum[entry.state] += 1;
    }
    return sum;
  }
  return { open, entries: () => [...byId.values()], summary, clear: () => byId.clear() };
}
