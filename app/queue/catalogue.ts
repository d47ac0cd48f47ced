// The jobs there are. A job wakes a worker up for one shop and carries nothing but the shop: what
// is to be done stands in PostgreSQL. What comes out of the queue is read again, because a queue
// may lie; a job that names no shop is nobody's and is ignored.

import { z } from "zod";

const wakeUp = z.object({ shop: z.string().min(1).max(255) });

export const JOBS = { merge: wakeUp, deliver: wakeUp, feedback: wakeUp, chores: wakeUp } as const;

export type JobKind = keyof typeof JOBS;
export type JobData<Kind extends JobKind> = z.infer<(typeof JOBS)[Kind]>;

export const JOB_KINDS = [
  "merge",
  "deliver",
  "feedback",
  "chores",
] as const satisfies readonly JobKind[];

/** The payload of a job as it came out of the queue, or null when it is not one of ours. */
export function readJob<Kind extends JobKind>(kind: Kind, data: unknown): JobData<Kind> | null {
  const reading = JOBS[kind].safeParse(data);
  return reading.success ? reading.data : null;
}
