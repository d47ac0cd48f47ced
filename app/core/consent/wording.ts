/**
 * What a shopper agreed to is what the wording they saw names: the version decides the purposes
 * (SEMANTICS §2). A wording nobody described names marketing and nothing else.
 */
import type { ConsentPurpose } from "../heard.ts";
import type { Settings } from "../settings/schema.ts";

const UNDESCRIBED: readonly ConsentPurpose[] = ["marketing"];

export function purposesOf(version: string | null, settings: Settings): readonly ConsentPurpose[] {
  if (version === null) return UNDESCRIBED;
  return settings.disclosures[version] ?? UNDESCRIBED;
}
