/**
 * Confirmations (double opt-in).
 *
 * The law (SEMANTICS §3): asked where the shop wants it, where the country does, and for a yes in
 * doubt. A YES counts only while one is open, which is 72 hours; it is then lapsed, and the next tick
 * asks anew. At most two are asked of one number in thirty days, never after a stop.
 */
import type { Instant } from "../heard.ts";
import type { Settings } from "../settings/schema.ts";
import type { ConsentAct } from "./act.ts";

export const CONFIRMATION_LAPSES_MS = 72 * 3_600_000;

export function mustConfirm(
  grant: ConsentAct,
  country: string | null,
  settings: Settings,
): boolean {
  if (grant.doubt !== null || settings.double_opt_in) return true;
  return country !== null && settings.confirm_in.includes(country);
}

/**
 * When this yes was confirmed by a text from its number, or null. `acts` are the person's, in order.
 * What is somebody else's number is not proved theirs by whoever answers it.
 */
export function confirmedAt(grant: ConsentAct, acts: readonly ConsentAct[]): Instant | null {
  if (grant.doubt === "not_own") return null;
  const until = grant.askedFrom + CONFIRMATION_LAPSES_MS;
  const isOpen = ({ at }: ConsentAct): boolean => at >= grant.askedFrom && at < until;
  const yes = acts.find((act) => act.kind === "yes" && act.number === grant.number && isOpen(act));
  if (!yes) return null;
  const isClosed = acts.some((act) => act.kind === "stop" && isOpen(act) && act.at <= yes.at);
  return isClosed ? null : yes.at;
}
