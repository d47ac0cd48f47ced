/** Feedback: stops that others must be told of. */
import type pg from "pg";

export type FeedbackPorts = { pool: pg.Pool };

export type Feedback = { (shop: string): Promise<void>; stop(): void };

export function createFeedback(_ports: FeedbackPorts): Feedback {
  return Object.assign(() => Promise.resolve(), { stop: () => {} });
}
