/**
 * Whom Customer.io is told about: `email:…`, else `id:` and the Shopify customer id, else nobody
 * yet. Never a phone, which several persons may share and any person may change (SEMANTICS §8).
 */
import type { Profile } from "../profile/profile.ts";
import type { Settings } from "../settings/schema.ts";

export type Address = `email:${string}` | `id:${string}`;

export function addressOf(profile: Profile, settings: Settings): Address | null {
  if (profile.onlyTests && !isOnTestList(profile, settings)) return null;
  if (profile.waitsForName) return null;
  const byEmail: Address | null = profile.email === null ? null : `email:${profile.email}`;
  const byId: Address | null = profile.customerId === null ? null : `id:${profile.customerId}`;
  return settings.address_by === "email" ? (byEmail ?? byId) : (byId ?? byEmail);
}

/** The people whom mode `test` may write: by email, number or Shopify customer id. */
export function isOnTestList(profile: Profile, settings: Settings): boolean {
  const names = [profile.email, profile.customerId, profile.phone?.e164 ?? null];
  return settings.test_list.some((entry) => names.includes(entry.toLowerCase()));
}

/** The address as Customer.io takes it: exactly one identifier. */
export function identifiersOf(address: string): { email: string } | { id: string } {
  const value = address.slice(address.indexOf(":") + 1);
  return address.startsWith("email:") ? { email: value } : { id: value };
}
