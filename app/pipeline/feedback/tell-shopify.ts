/**
 * Shopify's record of a customer's consent, ended where a stop ended it. Only the record changes,
 * never the phone; only where the phone is the number revoked; and dated with the stop itself, so
 * that what Shopify tells back is the same act and cannot undo what the shopper said after it.
 */
import type { FeedbackDue } from "#app/db/feedback.ts";
import type { AdminAnswer, AdminApi } from "#app/shopify/admin-api.ts";
import { MENDED_BY_HAND_MS, type Outcome } from "./outcome.ts";

/** Shopify refuses what lies ahead of its own clock, so what was said just now is said again. */
const CLOCKS_DIFFER_MS = 2 * 60_000;

export async function tellShopify(api: AdminApi, due: FeedbackDue, now: number): Promise<Outcome> {
  const { customerId, e164, at } = due;
  if (due.isGone || customerId === null || e164 === null) return { kind: "done", detail: "erased" };
  if (isLifted(due, e164)) return { kind: "done", detail: "lifted" };
  const answer = await api.smsConsentOf(customerId);
  if (answer.kind !== "ok") return outcomeOf(answer);
  const { phone, state, updatedAt } = answer.value;
  if (phone !== e164) return { kind: "done", detail: "another_number" };
  if (state === "UNSUBSCRIBED" || state === "REDACTED")
    return { kind: "done", detail: "known_there" };
  // Whether somebody's click after the stop means anything is for a person to say.
  if (state === "SUBSCRIBED" && updatedAt !== null && isLater(updatedAt, at)) {
    return { kind: "done", detail: "says_subscribed_since" };
  }
  const written = await api.endSmsConsent(customerId, at);
  if (written.kind === "ok") return { kind: "done", detail: "written" };
  const isJustNow = now - at.getTime() < CLOCKS_DIFFER_MS;
  return written.kind === "refused" && isJustNow
    ? { kind: "waits", detail: written.detail, waitMs: null }
    : outcomeOf(written);
}

function isLifted({ profile, isLifted: isConsentBack }: FeedbackDue, e164: string): boolean {
  return profile.phone?.e164 === e164 ? !profile.consent.stopped : isConsentBack;
}

/** Shopify keeps whole seconds, and a stop wins ties. */
function isLater(a: Date, b: Date): boolean {
  return Math.floor(a.getTime() / 1_000) > Math.floor(b.getTime() / 1_000);
}

export function outcomeOf(answer: Exclude<AdminAnswer<unknown>, { kind: "ok" }>): Outcome {
  switch (answer.kind) {
    case "missing":
      return { kind: "done", detail: "no_such_customer" };
    case "denied":
      return { kind: "away", detail: answer.reason, waitMs: MENDED_BY_HAND_MS };
    case "refused":
      return { kind: "dead", detail: answer.detail };
    case "later":
      return { kind: "away", detail: answer.reason, waitMs: answer.retryAfterMs };
  }
}
