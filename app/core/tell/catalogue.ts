/**
 * Every attribute Ringtrue can write to a Customer.io profile: the one list that validates settings,
 * feeds the settings page and the data dictionary, and that attributes are made by. It imports
 * nothing of settings or profiles, so that both may import it.
 */
import { COMMERCE } from "./catalogue/commerce.ts";
import { CONSENT } from "./catalogue/consent.ts";
import { ELIGIBILITY } from "./catalogue/eligibility.ts";
import { IDENTITY } from "./catalogue/identity.ts";
import { OPTIONAL } from "./catalogue/optional.ts";
import { PHONE } from "./catalogue/phone.ts";

export const ATTRIBUTE_GROUPS = [
  PHONE,
  CONSENT,
  ELIGIBILITY,
  COMMERCE,
  IDENTITY,
  OPTIONAL,
] as const;

type Group = (typeof ATTRIBUTE_GROUPS)[number];

/** The default name of an attribute. */
export type AttributeName = Group["attributes"][number]["name"];

/** The name of an attribute that belongs to others and is off until switched on. */
export type OptionalName = Extract<Group, { belongsTo: "others" }>["attributes"][number]["name"];

export const ATTRIBUTE_NAMES: readonly AttributeName[] = ATTRIBUTE_GROUPS.flatMap((group) =>
  group.attributes.map(({ name }) => name),
);

export const OPTIONAL_ATTRIBUTES: readonly OptionalName[] = ATTRIBUTE_GROUPS.flatMap((group) =>
  group.belongsTo === "others" ? group.attributes.map(({ name }) => name) : [],
);
