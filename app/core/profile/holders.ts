/**
 * How one person's number looks beside the other persons who have it: how many they are, whose yes
 * for it is the latest, and whether one of them has ordered (SEMANTICS §6).
 */
import type { Instant } from "../heard.ts";
import type { NumberHolders } from "./eligibility.ts";
import type { Profile } from "./profile.ts";

export type HolderOfNumber = {
  anchor: string;
  /** It is the number told as theirs. */
  isPhone: boolean;
  consentAt: Instant | null;
  /** Their last order. */
  orderedAt: Instant | null;
};

/** All persons of the shop by the numbers they have as their own. */
export type HoldersByNumber = ReadonlyMap<string, readonly HolderOfNumber[]>;

export function holdersFor(profile: Profile, all: HoldersByNumber): NumberHolders {
  const e164 = profile.phone?.e164;
  const holders = e164 === undefined ? [] : (all.get(e164) ?? []);
  const others = holders.filter((holder) => holder.anchor !== profile.anchor);
  const mine = profile.consent.status === "subscribed" ? (profile.consent.givenAt ?? 0) : null;
  const outdone = others.some(
    ({ isPhone, consentAt, anchor }) =>
      isPhone &&
      consentAt !== null &&
      (mine === null || consentAt > mine || (consentAt === mine && anchor < profile.anchor)),
  );
  const orders = others.flatMap(({ orderedAt }) => (orderedAt === null ? [] : [orderedAt]));
  return {
    count: others.length + 1,
    latestGrantIsTheirs: !outdone,
    othersOrderedAt: orders.length === 0 ? null : Math.max(...orders),
  };
}
