/** Whom the attributes are about: everything an attribute's value may be made of. */
import type { Eligibility, NumberHolders } from "../../profile/eligibility.ts";
import type { Profile } from "../../profile/profile.ts";
import type { Settings } from "../../settings/schema.ts";
import type { Instant } from "../../heard.ts";
import type { AttributeGroup, ValueOf } from "../catalogue/entry.ts";

/** What the shopper's candidate places come to at the moment of the decision. */
export type PlaceNow = {
  /** The whole local hours between which marketing texts are lawful today. */
  window: { start: number; end: number } | null;
  /** IANA. */
  timezone: string | null;
};

export const NO_PLACE: PlaceNow = { window: null, timezone: null };

export type Subject = {
  profile: Profile;
  eligibility: Eligibility;
  holders: NumberHolders;
  settings: Settings;
  place: PlaceNow;
};

/** A value of the declared type for every attribute of a group; null is told as absence. */
export type ValuesOf<Group extends AttributeGroup> = {
  [Entry in Group["attributes"][number] as Entry["name"]]: (
    subject: Subject,
  ) => ValueOf<Entry> | null;
};

/** Whole seconds of an instant in milliseconds. */
export function seconds(at: Instant): number {
  return Math.floor(at / 1000);
}

export function secondsOrNull(at: Instant | null): number | null {
  return at === null ? null : seconds(at);
}

export function mayBeTexted({ eligibility }: Subject): boolean {
  return eligibility.marketing.length === 0;
}
