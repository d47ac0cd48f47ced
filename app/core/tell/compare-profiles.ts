/**
 * What telling would do to profiles that are there already: attribute by attribute the same, new or
 * another value, and whose consent would turn round. It counts; of single people it keeps three
 * pairs of values for each attribute.
 */
import type { Settings } from "../settings/schema.ts";
import type { AttributeName } from "./catalogue.ts";
import { namesWritten, type Attributes, type AttributeValue } from "./attributes.ts";
import { isSameValue } from "./same-value.ts";

export type AttributeCompared = {
  name: AttributeName;
  same: number;
  /** Nothing stands there. */
  new: number;
  changed: number;
  samples: { there: AttributeValue; told: AttributeValue }[];
};

export type ProfilesCompared = {
  /** By the name this shop writes. */
  attributes: Map<string, AttributeCompared>;
  /** Subscribed there and not by what would be told, by the reason why not. */
  lost: Map<string, number>;
  /** Subscribed by what would be told and not there, by where the consent was given. */
  gained: Map<string, number>;
};

export type Comparison = {
  /** One profile: what would be told, and what stands there under the same names. */
  add(told: Attributes, there: Attributes): void;
  result: ProfilesCompared;
};

const SAMPLES = 3;

export function compareProfiles(settings: Settings): Comparison {
  const names = namesWritten(settings);
  const result: ProfilesCompared = { attributes: new Map(), lost: new Map(), gained: new Map() };
  for (const { name, target } of names) {
    result.attributes.set(target, { name, same: 0, new: 0, changed: 0, samples: [] });
  }
  const targetOf = (name: AttributeName): string => settings.attribute_names[name] ?? name;
  return {
    add(told, there) {
      for (const [target, tally] of result.attributes) count(tally, told[target], there[target]);
      const isThere = isSubscribed(
        there[targetOf("sms_consent")],
        there[targetOf("sms_consent_status")],
      );
      const isTold = told[targetOf("sms_consent")] === true;
      if (isThere === null || isThere === isTold) return;
      const why = told[targetOf(isTold ? "sms_consent_source" : "sms_ineligible_reason")];
      increase(isTold ? result.gained : result.lost, String(why ?? "unknown"));
    },
    result,
  };
}

function count(
  tally: AttributeCompared,
  told: AttributeValue | undefined,
  there: AttributeValue | undefined,
): void {
  if (told === undefined) return;
  if (there === undefined) tally.new += 1;
  else if (isSameValue(told, there)) tally.same += 1;
  else {
    tally.changed += 1;
    if (tally.samples.length < SAMPLES) tally.samples.push({ there, told });
  }
}

/** Null when the profile says nothing of it. */
function isSubscribed(
  consent: AttributeValue | undefined,
  status: AttributeValue | undefined,
): boolean | null {
  if (consent !== undefined) return isSameValue(true, consent);
  return status === undefined ? null : status === "subscribed";
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
