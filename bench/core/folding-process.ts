// The process of fold-a-million: folds as many shoppers as its argument says, a batch of clusters at a time, and keeps nothing of them.
// Each batch is also merely parsed, in turns, which is the least any fold of it has to do.

import type { Observation } from "#app/core/heard.ts";
import { NOTHING_KNOWN } from "#app/core/numbers/known.ts";
import { createPolicy, rememberReadings, type Policy } from "#app/core/policy.ts";
import { judge, NO_HOLDERS } from "#app/core/profile/eligibility.ts";
import { readSettings } from "#app/core/settings/schema.ts";
import { addressOf } from "#app/core/tell/address.ts";
import { attributesOf } from "#app/core/tell/attributes.ts";
import { placeNow } from "#app/core/tell/place-now.ts";
import { foldPerson, meetPeople } from "#app/pipeline/merge/fold-clusters.ts";

import { AS_OF, tellingsOf } from "./heard-people.ts";
import { processorSeconds } from "./in-turns.ts";

export type FoldingReport = {
  people: number;
  observations: number;
  /** The most that was alive after collecting garbage, a batch in hand. */
  liveMegabytes: number;
  /** Seconds of processor time. */
  folding: number;
  parsing: number;
};

const CLUSTERS_AT_ONCE = 200;
/** So often in a run it is looked how much is alive. */
const LOOKS = 10;

const shoppers = Number(process.argv[2]);
const report: FoldingReport = {
  people: 0,
  observations: 0,
  liveMegabytes: 0,
  folding: 0,
  parsing: 0,
};
const policy = policyOfShop();

for (let from = 0; from < shoppers; from += CLUSTERS_AT_ONCE) {
  const texts = Array.from({ length: Math.min(CLUSTERS_AT_ONCE, shoppers - from) }, (_, nth) =>
    tellingsOf(from + nth),
  );
  const [parse, fold] = [() => parseAll(texts), () => foldAll(texts, policy)];
  // Whichever comes first pays for more of the garbage of making the texts.
  const isEven = (from / CLUSTERS_AT_ONCE) % 2 === 0;
  if (isEven) report.parsing += processorSeconds(parse);
  report.folding += processorSeconds(fold);
  if (!isEven) report.parsing += processorSeconds(parse);
  report.observations += texts.reduce((sum, { length }) => sum + length, 0);
  if (((from + CLUSTERS_AT_ONCE) * LOOKS) % shoppers === 0) look(texts);
}
process.send?.(report);

/** `texts` are what a fold has in hand. */
function look(texts: readonly (readonly string[])[]): void {
  if (globalThis.gc === undefined) throw new Error("start this with --expose-gc");
  const inHand = parseAll(texts);
  globalThis.gc();
  const live = process.memoryUsage().heapUsed / 1_048_576;
  if (inHand.size > 0) report.liveMegabytes = Math.max(report.liveMegabytes, live);
}

function policyOfShop(): Policy {
  const reading = readSettings({});
  if (!reading.ok) throw new Error("the settings of this benchmark are not valid");
  return createPolicy(reading.settings, rememberReadings());
}

function parseAll(texts: readonly (readonly string[])[]): Map<number, Observation[]> {
  return new Map(
    texts.map((tellings, cluster) => [
      cluster,
      tellings.map((text): Observation => JSON.parse(text)),
    ]),
  );
}

/** From what was heard to what is told, as merge does it. */
function foldAll(texts: readonly (readonly string[])[], policy: Policy): void {
  for (const met of meetPeople(parseAll(texts), [], policy)) {
    const { decision } = foldPerson(met, NOTHING_KNOWN, policy, AS_OF);
    const { profile } = decision;
    const { settings } = policy;
    const eligibility = judge(profile, NO_HOLDERS, settings, false);
    const place = placeNow(profile, AS_OF);
    const attributes = attributesOf(profile, eligibility, NO_HOLDERS, settings, place);
    if (Object.keys(attributes).length > 0 && addressOf(profile, settings) !== null)
      report.people += 1;
  }
}
