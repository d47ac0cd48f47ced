// What the hooks' door counts.

/** Counts since the process started. */
export type HookCounts = {
  /** Answered 200: stored, or there before. */
  acknowledged: number;
  /** Refused for what they are. */
  refused: number;
  /** Answered 503 for want of room. */
  overloaded: number;
  /** Answered 503 because they were not stored, or nobody knows whether they were. */
  failed: number;
};

export function newHookCounts(): HookCounts {
  return { acknowledged: 0, refused: 0, overloaded: 0, failed: 0 };
}
