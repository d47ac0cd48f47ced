/** `ringtrue dead-letters`: what no retry has fixed, and trying it again once the cause is mended. */
import { replayLetters } from "#app/db/letter-replay.ts";
import type { Letter, LetterFilter } from "#app/db/letters.ts";
import { listLetters } from "#app/db/letters.ts";
import { maskText } from "#app/platform/mask.ts";
import type { FilterOptions } from "./dead-letters/read-filter.ts";
import { readFilter } from "./dead-letters/read-filter.ts";
import { forShop } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done, refused } from "./outcome.ts";
import { say, table } from "./table.ts";

const LISTED_MAX = 1_000;

export type ListOptions = FilterOptions & { limit?: number; before?: number };

export function listDeadLetters(domain: string, options: ListOptions): Promise<Outcome> {
  return forShop(domain, async ({ pool }, shop) => {
    const filter = await readFilter(pool, shop, options);
    const { limit = LISTED_MAX, before } = options;
    const letters = await listLetters(pool, shop, { ...filter, limit, before }, new Date());
    const shown = letters.map((letter) => ({ ...letter, detail: detailOf(letter) }));
    if (shown.length === 0) {
      const narrowed = before !== undefined || Object.keys(filter).length > 0;
      return done(shown, narrowed ? "No dead letter matches." : "There are no dead letters.");
    }
    const [oldest] = shown;
    const notes =
      oldest && shown.length === limit
        ? [`The latest ${limit} are shown; those before them: --before ${oldest.id}`]
        : [];
    return done(shown, table([HEADING, ...shown.map(rowOf)]), notes);
  });
}

const HEADING = ["id", "kind", "topic", "reason", "times", "created", "replayed", "late", "detail"];

function rowOf(letter: Letter): string[] {
  const { id, kind, topic, reason, times, createdAt, replayedAt, late, detail } = letter;
  return [
    String(id),
    kind,
    topic,
    reason,
    String(times),
    say(createdAt),
    say(replayedAt),
    late ? "late" : "",
    detail,
  ];
}

/** What others answered may quote what they were told. */
export function detailOf({ kind, detail }: Letter): string {
  return kind === "outbox" ? maskText(detail) : detail;
}

/** Named ids must all be replayable; otherwise whatever matches and can be is replayed. */
export function replayDeadLetters(
  domain: string,
  which: { ids: readonly number[] } | { options: FilterOptions },
): Promise<Outcome> {
  return forShop(domain, async ({ pool }, shop) => {
    const selection: { ids: readonly number[] } | { filter: LetterFilter } =
      "ids" in which ? which : { filter: await readFilter(pool, shop, which.options) };
    const tally = await replayLetters(pool, shop, selection, new Date());
    const notes = tally.refused.map(({ id, why }) => `${id} cannot be replayed: ${why}`);
    if (tally.late.length > 0) {
      notes.push(
        `older than 72 hours, so Customer.io triggers nothing on it: ${tally.late.join(", ")}`,
      );
    }
    const { length } = tally.replayed;
    const result = { data: tally, text: `${length} replayed, ${tally.refused.length} not` };
    const failed = tally.refused.length > 0 && ("ids" in which || length === 0);
    if (failed && length === 0) return { ...refused(...notes), result };
    return { code: failed ? 1 : 0, result, notes };
  });
}
