/**
 * Ticks in checkouts.
 *
 * The law (SEMANTICS §2): a checkout has one consent, dated from the first message of its last
 * unbroken run of "ticked"; changing its number or un-ticking takes it back.
 */
import type { Instant, Observation } from "../heard.ts";
import type { Policy } from "../policy.ts";
import { smsNumberOf } from "../profile/country-hints.ts";
import { isSmsNumberSomebodyElses } from "../profile/whose-number.ts";
import type { ConsentAct } from "./act.ts";
import { actOf } from "./act.ts";
import { purposesOf } from "./wording.ts";

export type TickRun = {
  document: string;
  number: string;
  from: Instant;
  lastToldAt: Instant;
  endedAt: Instant | null;
  isSomebodyElses: boolean;
  locale: string | null;
};

/** Unbroken runs of "ticked, for this number", in the order told. */
export function tickRuns(
  document: string,
  tellings: readonly Observation[],
  policy: Policy,
): TickRun[] {
  const runs: TickRun[] = [];
  let open: TickRun | null = null;
  for (const { says, toldAt } of tellings) {
    if (says.kind !== "checkout") continue;
    // What staff click in a draft or at a till is no act of the shopper.
    const number = says.ticked && says.channel === "online" ? smsNumberOf(says, policy) : null;
    if (open && open.number !== number) {
      open.endedAt = toldAt;
      open = null;
    }
    if (number === null) continue;
    const isSomebodyElses = isSmsNumberSomebodyElses(says, policy);
    if (open) {
      open.lastToldAt = toldAt;
      open.isSomebodyElses = isSomebodyElses;
    } else {
      const [from, lastToldAt] = [toldAt, toldAt];
      const { locale } = says;
      open = { document, number, from, lastToldAt, endedAt: null, isSomebodyElses, locale };
      runs.push(open);
    }
  }
  return runs;
}

/** The grant of a run, and its end. */
export function actsOfRun(run: TickRun, { settings }: Policy): ConsentAct[] {
  const { number, document, endedAt } = run;
  const disclosure = settings.checkout_disclosure;
  const grant = actOf({
    ...{ kind: "grant", number, at: run.from, source: "checkout", document },
    stands: endedAt === null,
    doubt: run.isSomebodyElses ? "not_own" : null,
    level: "single_opt_in",
    purposes: purposesOf(disclosure, settings),
    disclosure,
    evidence: run.locale === null ? {} : { locale: run.locale },
  });
  if (endedAt === null) return [grant];
  return [grant, { ...grant, kind: "taken_back", at: endedAt, stands: true }];
}
