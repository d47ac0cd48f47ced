/** The part of a preview that compares with what stands in Customer.io; values are masked. */
import type { Settings } from "#app/core/settings/schema.ts";
import type { AttributeValue } from "#app/core/tell/attributes.ts";
import type { AttributeName } from "#app/core/tell/catalogue.ts";
import { compareProfiles } from "#app/core/tell/compare-profiles.ts";
import { profilesBeside, type ProfilesLookedAt } from "#app/db/preview-profiles.ts";
import type { Queryable } from "#app/db/queryable.ts";
import { maskEmail, maskPhone } from "#app/platform/mask.ts";
import { facts, table } from "../table.ts";

type Compared = {
  attributes: Record<
    string,
    {
      same: number;
      new: number;
      changed: number;
      samples: { there: AttributeValue; told: AttributeValue }[];
    }
  >;
  consents: {
    /** Subscribed there, and not any more once told; by the reason why not. */
    lost: Record<string, number>;
    /** Subscribed by Ringtrue, and not there; by where the consent was given. */
    gained: Record<string, number>;
  };
};

export async function compareFound(
  client: Queryable,
  shopId: number,
  settings: Settings,
): Promise<Compared> {
  const { add, result } = compareProfiles(settings);
  for await (const { told, there } of profilesBeside(client, shopId)) add(told, there);
  const attributes: Compared["attributes"] = {};
  for (const [target, { name, samples, ...counts }] of result.attributes) {
    if (counts.same + counts.new + counts.changed === 0) continue;
    const masked = samples.map(({ there, told }) => ({
      there: maskValue(name, there),
      told: maskValue(name, told),
    }));
    attributes[target] = { ...counts, samples: masked };
  }
  const { lost, gained } = result;
  return {
    attributes,
    consents: { lost: Object.fromEntries(lost), gained: Object.fromEntries(gained) },
  };
}

const PERSONAL: readonly AttributeName[] = ["shopify_customer_id", "first_name", "last_name"];
const CODE = /^[A-Za-z]{2}(?:[_-][A-Za-z]{2})?$|^[a-z]+(?:_[a-z]+)*$|^[A-Z]{3}$/;

/** Codes, numbers and yes or no are shown; whatever may tell who somebody is, is not. */
export function maskValue(name: AttributeName, value: AttributeValue): AttributeValue {
  if (typeof value !== "string") return value;
  if (/^\+\d{7,15}$/.test(value)) return maskPhone(value);
  if (value.includes("@")) return maskEmail(value);
  if (!PERSONAL.includes(name) && CODE.test(value)) return value;
  return `${value.slice(0, 1)}*****${value.length > 8 ? value.slice(-2) : ""}`;
}

export function sayProfiles(
  { byEmail, byId, notFound, foundTwice, notLookedAt }: ProfilesLookedAt,
  { attributes, consents }: Compared,
): string {
  const people = facts([
    ["people found in Customer.io by their email", byEmail],
    ["people found by their id", byId],
    ["people not found, to be created", notFound],
    ["people whose email several profiles have", foundTwice],
    ["people not looked at yet", notLookedAt],
    ["consents that would end", sum(consents.lost)],
    ["consents that would begin", sum(consents.gained)],
  ]);
  const rows = Object.entries(attributes).map(([name, one]) => [
    name,
    ...[one.same, one.new, one.changed].map(String),
    one.samples.map(({ there, told }) => `${there} → ${told}`).join(", "),
  ]);
  const reasons = [
    ...Object.entries(consents.lost).map(([why, count]) => `- ${count} end: ${why}`),
    ...Object.entries(consents.gained).map(([from, count]) => `- ${count} begin: given by ${from}`),
  ];
  const parts = [people];
  if (reasons.length > 0) parts.push(`Consents:\n${reasons.join("\n")}`);
  if (rows.length > 0) {
    parts.push(table([["in profiles found", "same", "new", "changed", "for example"], ...rows]));
  }
  return parts.join("\n\n");
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
