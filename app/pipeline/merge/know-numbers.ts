/**
 * What each person is told of the numbers involved: what was said of them, stops included, and, where
 * a handset has said yes, who else had its number by then.
 */
import type { NumbersKnown } from "#app/core/numbers/known.ts";
import { hadByOthersThan, NOTHING_KNOWN, talkingNumbers } from "#app/core/numbers/known.ts";
import type { Policy } from "#app/core/policy.ts";
import { ownSince } from "#app/core/profile/number-facts.ts";
import { notesOf } from "#app/core/profile/person-policy.ts";
import { loadOwnSince } from "#app/db/holders.ts";
import { loadSaid } from "#app/db/numbers-known.ts";
import type { Queryable } from "#app/db/queryable.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Met } from "./fold-clusters.ts";
import { numbersIn } from "./fold-clusters.ts";

type KnownFor = (one: Met) => NumbersKnown;

export async function knowNumbers(
  client: Queryable,
  shop: WorkingShop,
  met: readonly Met[],
  policy: Policy,
): Promise<{ talking: string[]; knownFor: KnownFor }> {
  const said = await loadSaid(client, shop.id, shop.salt, numbersIn(met));
  const known = { ...NOTHING_KNOWN, said };
  const talking = talkingNumbers(said);
  if (talking.length === 0) return { talking, knownFor: () => known };
  const own = new Map<string, Map<string, number>>();
  const note = (e164: string, anchor: string, since: number): void => {
    own.set(e164, (own.get(e164) ?? new Map<string, number>()).set(anchor, since));
  };
  const here = met.flatMap(({ row, retired }) =>
    row ? [row.id, ...retired.map(({ id }) => id)] : [],
  );
  for (const { e164, anchor, since } of await loadOwnSince(client, shop.id, talking, here)) {
    note(e164, anchor, since);
  }
  for (const { person, heard } of met) {
    const numbers = ownSince(heard, notesOf(person), known, policy);
    for (const e164 of talking) {
      const since = numbers.get(e164);
      if (since !== undefined) note(e164, person.anchor, since);
    }
  }
  return {
    talking,
    knownFor: ({ person }) => ({ ...known, hadByOthers: hadByOthersThan(person.anchor, own) }),
  };
}
