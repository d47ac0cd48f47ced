// How people are named: by exactly one of four identifiers. Emails compare without case, ids with.

export type IdentifierKind = "id" | "email" | "phone" | "cio_id";
export type Identifier = { kind: IdentifierKind; value: string };

/** The kinds that a person may have and lose; `cio_id` is given once and for ever. */
export const CLAIMABLE_KINDS = ["id", "email", "phone"] as const;
export type ClaimableKind = (typeof CLAIMABLE_KINDS)[number];

const E164 = /^\+[1-9]\d{1,14}$/;

/** The form under which an identifier is looked up. */
export function indexKey(kind: IdentifierKind, value: string): string {
  return kind === "email" ? value.toLowerCase() : value;
}

/** The key under which an identifier is blocked when it is suppressed. */
export function suppressionKey(identifier: Identifier): string {
  return `${identifier.kind}:${indexKey(identifier.kind, identifier.value)}`;
}

/** Whether a text is a phone number as Customer.io wants it: a plus and at most 15 digits. */
export function isE164(text: string): boolean {
  return E164.test(text);
}

/**
 * The person a v1 path names: `cio_…` is a cio_id, anything with an @ an email, and everything else
 * an id. A phone number is therefore an id here: v1 knows no identity by phone.
 */
export function readPathIdentifier(segment: string): Identifier {
  if (segment.startsWith("cio_")) return { kind: "cio_id", value: segment.slice("cio_".length) };
  if (segment.includes("@")) return { kind: "email", value: segment };
  return { kind: "id", value: segment };
}

/** An identifier in words for the activity log. */
export function describeIdentifier(identifier: Identifier): string {
  return `${identifier.kind} ${identifier.value}`;
}

/** A JSON value as identifier text: numbers count as their digits, anything else is no identifier. */
export function identifierText(value: unknown): string | null {
  if (typeof value === "string") return value.trim() === "" ? null : value;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : null;
}
