/**
 * The senders' lists in Customer.io, made to agree with a person as they are now: who said stop is in
 * the list of every sender, because that stops a text that is queued already, and no attribute does.
 * An entry that stood there before is somebody else's; only what Ringtrue wrote is ever removed.
 */
import type pg from "pg";
import { isToBeOptedOut } from "#app/core/consent/revoked.ts";
import { identifiersOf } from "#app/core/tell/address.ts";
import type { AppAnswer, AppApi } from "#app/customerio/app-api.ts";
import type { FeedbackDue } from "#app/db/feedback.ts";
import { forgetSenders, noteSenders } from "#app/db/feedback.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { MENDED_BY_HAND_MS, type Outcome } from "./outcome.ts";

/** Runs under the shop's lock: nobody else writes these entries meanwhile. */
export async function tellOptOuts(
  pool: pg.Pool,
  api: AppApi,
  shop: WorkingShop,
  due: FeedbackDue,
): Promise<Outcome> {
  if (due.isGone) return { kind: "done", detail: "erased" };
  if (due.address === null) return { kind: "waits", detail: "no_address", waitMs: null };
  const profile = identifiersOf(due.address);
  const isStopped = isToBeOptedOut(due.profile, due.e164, shop.settings);
  if (!isStopped && due.senders.length === 0) return { kind: "done", detail: "lifted" };
  const answer = await api.optOutsOf(profile);
  if (answer.kind !== "ok") return outcomeOf(answer, due);
  const listed = new Set(answer.value.filter(isForTexts).map(({ from }) => from));
  return isStopped
    ? await add(pool, api, shop, due, listed)
    : await remove(pool, api, shop, due, listed);
}

function isForTexts({ channel }: { channel: string }): boolean {
  return channel === "sms";
}

async function add(
  pool: pg.Pool,
  api: AppApi,
  shop: WorkingShop,
  due: FeedbackDue,
  listed: ReadonlySet<string>,
): Promise<Outcome> {
  const missing = shop.settings.senders.filter((sender) => !listed.has(sender));
  if (missing.length === 0) return { kind: "done", detail: "listed" };
  await noteSenders(pool, shop.id, due.id, missing);
  return set(api, due, missing, true);
}

async function remove(
  pool: pg.Pool,
  api: AppApi,
  shop: WorkingShop,
  due: FeedbackDue,
  listed: ReadonlySet<string>,
): Promise<Outcome> {
  const ours = due.senders.filter((sender) => listed.has(sender));
  const outcome: Outcome =
    ours.length === 0 ? { kind: "done", detail: "removed" } : await set(api, due, ours, false);
  if (outcome.kind === "done") await forgetSenders(pool, shop.id, due.personId);
  return outcome;
}

async function set(
  api: AppApi,
  due: FeedbackDue,
  senders: readonly string[],
  optout: boolean,
): Promise<Outcome> {
  const entries = senders.map((from) => ({ from, optout }));
  const answer = await api.setOptOuts(identifiersOf(due.address ?? ""), entries);
  if (answer.kind !== "ok") return outcomeOf(answer, due);
  return { kind: "done", detail: optout ? "written" : "removed" };
}

function outcomeOf(
  answer: Exclude<AppAnswer<unknown>, { kind: "ok" }>,
  { isOwed }: FeedbackDue,
): Outcome {
  switch (answer.kind) {
    case "missing":
      // A profile that is about to be made must not come to be without its stop.
      return isOwed
        ? { kind: "waits", detail: "not_told_yet", waitMs: null }
        : { kind: "done", detail: "not_in_the_workspace" };
    case "unauthorized":
      return { kind: "away", detail: "app_key_refused", waitMs: MENDED_BY_HAND_MS };
    case "refused":
      return { kind: "dead", detail: `${answer.status} ${answer.detail}`.trim() };
    case "later":
      return { kind: "away", detail: answer.reason, waitMs: answer.retryAfterMs };
  }
}
