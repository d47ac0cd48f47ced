/**
 * A person's profile as Customer.io attributes: the whole catalogue as it is now, under the names
 * the shop uses.
 *
 * An attribute that does not apply is absent here; delivery turns absence into removal, and only
 * where Ringtrue wrote it before. Times are whole unix seconds, money is numeric, ids are strings.
 */
import type { Eligibility, NumberHolders } from "../profile/eligibility.ts";
import type { Profile } from "../profile/profile.ts";
import type { Settings } from "../settings/schema.ts";
import type { AttributeName } from "./catalogue.ts";
import { ATTRIBUTE_NAMES, OPTIONAL_ATTRIBUTES } from "./catalogue.ts";
import { COMMERCE_VALUES } from "./values/commerce.ts";
import { CONSENT_VALUES } from "./values/consent.ts";
import { ELIGIBILITY_VALUES } from "./values/eligibility.ts";
import { IDENTITY_VALUES } from "./values/identity.ts";
import { OPTIONAL_VALUES } from "./values/optional.ts";
import { PHONE_VALUES } from "./values/phone.ts";
import type { PlaceNow, Subject } from "./values/subject.ts";

export type AttributeValue = string | number | boolean;
export type Attributes = Record<string, AttributeValue>;

type ReadValue = (subject: Subject) => AttributeValue | null;

const VALUES: Record<AttributeName, ReadValue> = {
  ...PHONE_VALUES,
  ...CONSENT_VALUES,
  ...ELIGIBILITY_VALUES,
  ...COMMERCE_VALUES,
  ...IDENTITY_VALUES,
  ...OPTIONAL_VALUES,
};

export function attributesOf(
  profile: Profile,
  eligibility: Eligibility,
  holders: NumberHolders,
  settings: Settings,
  place: PlaceNow,
): Attributes {
  const subject: Subject = { profile, eligibility, holders, settings, place };
  const attributes: Attributes = {};
  for (const [target, read] of writtenBy(settings)) {
    const value = read(subject);
    if (value !== null) attributes[target] = value;
  }
  return attributes;
}

/** What this shop writes, and under which names; the email apart, which names a profile. */
export function namesWritten(settings: Settings): { name: AttributeName; target: string }[] {
  return ATTRIBUTE_NAMES.filter((name) => name !== "email" && isWritten(name, settings)).map(
    (name) => ({ name, target: settings.attribute_names[name] ?? name }),
  );
}

type Written = readonly (readonly [target: string, read: ReadValue])[];

/** By the settings object, which a batch of persons shares. */
const compiled = new WeakMap<Settings, Written>();

function writtenBy(settings: Settings): Written {
  const known = compiled.get(settings);
  if (known) return known;
  const written = ATTRIBUTE_NAMES.filter((name) => isWritten(name, settings)).map(
    (name) => [settings.attribute_names[name] ?? name, VALUES[name]] as const,
  );
  compiled.set(settings, written);
  return written;
}

function isWritten(name: AttributeName, { attributes_on }: Settings): boolean {
  const isOptional = OPTIONAL_ATTRIBUTES.some((optional) => optional === name);
  return !isOptional || attributes_on.some((on) => on === name);
}
