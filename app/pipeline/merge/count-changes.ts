/** What saving persons changed for the shop as a whole: who moved to which stage, and what of it is news. */
import type { Stage } from "#app/core/profile/stage.ts";
import { CONSENTED, ELIGIBLE } from "#app/core/profile/stage.ts";
import type { Move } from "#app/db/funnel.ts";
import type { DayCounts } from "#app/db/shop-days.ts";

type Before = { stage: Stage; phone: string | null };
type After = { stage: Stage; profile: { phone: { e164: string } | null } };

/** A row that retires into another leaves its stage; the person it was stays one person. */
export function countChanges(
  fresh: readonly After[],
  changed: readonly { before: Before; after: After }[],
  retired: readonly Before[],
): { moves: Move[]; counts: DayCounts } {
  const came = fresh.map(({ stage }): Move => ({ from: null, to: stage }));
  const went = retired.map(({ stage }): Move => ({ from: stage, to: null }));
  const moved = changed.map(({ before, after }): Move => ({ from: before.stage, to: after.stage }));
  const lives = [...came, ...moved];
  const counts = {
    people_new: fresh.length,
    consents_given: lives.filter((move) => rises(move, CONSENTED)).length,
    became_eligible: lives.filter((move) => rises(move, ELIGIBLE)).length,
    lost_eligibility: moved.filter(({ from, to }) => rises({ from: to, to: from }, ELIGIBLE))
      .length,
    numbers_changed: changed.filter(({ before, after }) => {
      const now = after.profile.phone?.e164 ?? null;
      return before.phone !== null && now !== null && before.phone !== now;
    }).length,
  };
  return { moves: [...came, ...moved, ...went], counts };
}

function rises({ from, to }: Move, stage: Stage): boolean {
  return (from ?? -1) < stage && (to ?? -1) >= stage;
}
