/**
 * How many of a shop's people stand at each stage (app/core/profile/stage.ts). Kept by the difference,
 * in the transaction that moves them, so that nobody ever has to count a shop's people.
 */
import { STAGES, type Stage, type StageName } from "#app/core/profile/stage.ts";
import type { Turns } from "./in-turn.ts";
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";
import { ADD_TO_DAY, dayOf, dayValues, type DayCounts } from "./shop-days.ts";

/** From which stage to which; null is nobody: who is new comes from there, who is gone goes there. */
export type Move = { from: Stage | null; to: Stage | null };

export type Funnel = Record<StageName, number>;

/** People by how far they came, each counted once. */
export async function readFunnel(client: Queryable, shopId: number): Promise<Funnel> {
  const { rows } = await client.query<{ stage: number; people: number }>(
    "SELECT stage, people FROM shop_funnel WHERE shop_id = $1",
    [shopId],
  );
  const people = new Map(rows.map((row) => [row.stage, row.people]));
  const funnel = STAGES.map((name, stage) => [name, people.get(stage) ?? 0] as const);
  return Object.fromEntries(funnel) as Funnel;
}

/** Moves people and counts the day in one statement; none when nothing moved and nothing happened. */
export function movePeople(
  client: Turns,
  shopId: number,
  moves: readonly Move[],
  at: number,
  counts: DayCounts,
): void {
  const differences = STAGES.map((_, stage) => {
    const came = moves.filter(({ to }) => to === stage).length;
    return came - moves.filter(({ from }) => from === stage).length;
  });
  const stages = [...differences.keys()].filter((stage) => differences[stage] !== 0);
  const [names, values] = dayValues(counts);
  if (stages.length === 0 && names === list([])) return;
  client.write({
    name: "move-people",
    text: `
      WITH moved AS (
        INSERT INTO shop_funnel (shop_id, stage, people)
        SELECT $1::int, stage, people FROM unnest($5::smallint[], $6::bigint[]) AS new (stage, people)
        ON CONFLICT (shop_id, stage) DO UPDATE SET people = shop_funnel.people + excluded.people
      ) ${ADD_TO_DAY}`,
    values: [
      shopId,
      dayOf(at),
      names,
      values,
      list(stages),
      list(stages.map((stage) => differences[stage] ?? 0)),
    ],
  });
}

/** Persons about to be erased leave the funnel. Inside the transaction that erases them. */
export async function leaveFunnel(
  client: Queryable,
  shopId: number,
  anchors: readonly string[],
): Promise<void> {
  await client.query(
    `UPDATE shop_funnel SET people = shop_funnel.people - gone.people
     FROM (SELECT stage, count(*) AS people FROM person
           WHERE shop_id = $1 AND anchor = ANY($2::text[]) AND merged_into IS NULL GROUP BY stage) gone
     WHERE shop_funnel.shop_id = $1 AND shop_funnel.stage = gone.stage`,
    [shopId, anchors],
  );
}
