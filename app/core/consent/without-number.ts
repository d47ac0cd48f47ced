/** What stands of somebody's consent while they have no number of their own. */
import type { Instant } from "../heard.ts";
import type { ConsentAct } from "./act.ts";
import type { Consent } from "./standing.ts";
import { lapsing, NO_CONSENT } from "./standing.ts";

/** Without a number of their own a person may still have said no, or be asked about another's. */
export function consentWithoutNumber(acts: readonly ConsentAct[], asOf: Instant): Consent {
  const last = (kind: ConsentAct["kind"]): ConsentAct | undefined =>
    acts.findLast((act) => act.kind === kind && act.stands);
  const stop = last("stop");
  const forgotten = last("forgotten");
  const source = "shopify";
  const restored = acts.findLast((act) => act.kind === "restored" && act.number === null);
  const stopped = stop !== undefined && stop.at >= (restored?.at ?? 0);
  if (stopped && stop.at >= (forgotten?.at ?? 0)) {
    const said = { at: stop.at, source: stop.sourceName };
    return { ...NO_CONSENT, status: "unsubscribed", ...said, stopped };
  }
  const unsure = acts.findLast((act) => act.kind === "grant" && act.doubt && act.stands);
  if (unsure && unsure.at > (forgotten?.at ?? 0)) {
    const { at, level } = unsure;
    const asked = {
      ...NO_CONSENT,
      at,
      source: unsure.sourceName,
      level,
      purposes: unsure.purposes,
    };
    return lapsing({ ...asked, stopped }, at, asOf);
  }
  return forgotten ? { ...NO_CONSENT, status: "redacted", source, stopped } : NO_CONSENT;
}
