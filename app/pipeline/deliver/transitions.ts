/**
 * Events that tell a change between two *told* versions of a person: once each, and the last one
 * agrees with the profile. A change that a policy or a merge of customers brought about is no act of
 * the shopper, so it is told as attributes only.
 */
import type { Profile } from "#app/core/profile/profile.ts";
import { isTypedByShopper } from "#app/core/profile/source.ts";
import type { NewOutboxItem } from "#app/db/outbox.ts";
import type { PersonToTell, ToldSummary } from "#app/db/tellings.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { maskPhone } from "#app/platform/mask.ts";
import { ulidOf } from "../ulid.ts";

export function transitionsOf(
  person: PersonToTell,
  summary: ToldSummary,
  shop: WorkingShop,
): NewOutboxItem[] {
  const before = person.told;
  if (before && isNoActOfTheirs(before, summary)) return [];
  const profile = person.decision as Profile;
  const bodies: { name: string; waitMs: number; body: Record<string, unknown> }[] = [];
  const isNews = (at: number | null): boolean => before !== null || isSinceLive(at, shop);
  if ((before?.consent ?? "not_subscribed") !== summary.consent && isNews(profile.consent.at)) {
    bodies.push({ name: "sms_consent_changed", waitMs: 0, body: consentChanged(before, profile) });
  }
  const { candidate } = profile;
  if (candidate && summary.candidate !== (before?.candidate ?? null) && isNews(candidate.givenAt)) {
    bodies.push({ name: "phone_candidate_heard", waitMs: 0, body: candidateHeard(profile) });
  }
  if (
    before?.phone &&
    profile.phone &&
    before.phone !== summary.phone &&
    isTypedByShopper(profile.phone.source)
  ) {
    const waitMs = shop.settings.quiet.phone_number_updated_seconds * 1000;
    bodies.push({
      name: "phone_number_updated",
      waitMs,
      body: numberUpdated(before.phone, profile),
    });
  }
  const at = person.changedAt.getTime();
  return bodies.map(({ name, waitMs, body }) => ({
    eventId: ulidOf(at, shop.domain, name, String(person.id), String(person.version)),
    kind: "event",
    name,
    personId: person.id,
    resource: `${person.id}:${person.version}`,
    at,
    dueAt: at + waitMs,
    body,
  }));
}

/** Whoever is told for the first time brings their past along: only what came since is news. */
function isSinceLive(at: number | null, shop: WorkingShop): boolean {
  return at !== null && shop.liveSince !== null && at >= shop.liveSince.getTime();
}

function isNoActOfTheirs(before: ToldSummary, now: ToldSummary): boolean {
  const merged = before.customerId !== null && before.customerId !== now.customerId;
  return merged || before.settingsVersion !== now.settingsVersion;
}

function consentChanged(before: ToldSummary | null, { phone, consent }: Profile) {
  return {
    phone: phone?.e164 ?? null,
    status_before: before?.consent ?? "not_subscribed",
    status: consent.status,
    consent_source: consent.source,
    level: consent.level,
    reason: consent.status === "unsubscribed" ? "opted_out" : null,
    purposes: consent.purposes,
    disclosure_version: consent.disclosure,
  };
}

function candidateHeard({ candidate }: Profile) {
  return { candidate: candidate?.e164, country: candidate?.country, why_not_yet: candidate?.why };
}

function numberUpdated(previous: string, { phone, consent }: Profile) {
  return {
    previous: maskPhone(previous),
    new: phone?.e164,
    phone_source: phone?.source,
    country: phone?.country,
    consent_for_new: consent.status === "subscribed",
  };
}
