/**
 * What Ringtrue may write to a shop's workspace: nothing, only people on the test list, everybody.
 * A shop connected in the admin page starts by observing, because a live workspace is somebody's
 * business.
 */
export const MODES = ["observe", "test", "live"] as const;

export type Mode = (typeof MODES)[number];

export function isMode(text: unknown): text is Mode {
  return MODES.some((mode) => mode === text);
}
