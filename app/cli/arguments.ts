/** How arguments are read. What does not read is wrong usage, told before anything is done. */
import { InvalidArgumentError } from "commander";
import { COUNTRIES } from "#app/core/settings/countries.ts";

const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/** As Shopify names shops in its messages, which is how a shop is found. */
export function readNewDomain(text: string): string {
  const domain = readDomain(text);
  if (SHOP.test(domain)) return domain;
  throw new InvalidArgumentError(
    "must be the shop's myshopify.com domain, such as one.myshopify.com.",
  );
}

export function readDomain(text: string): string {
  return text.trim().toLowerCase();
}

export function readCountry(text: string): string {
  const country = text.trim().toUpperCase();
  if (COUNTRIES.includes(country)) return country;
  throw new InvalidArgumentError("must be a two-letter ISO 3166 country code, such as US.");
}

export function collectCountry(text: string, before: readonly string[] = []): string[] {
  return [...before, readCountry(text)];
}

export function collectId(text: string, before: readonly number[] = []): number[] {
  return [...before, readLetterId(text)];
}

export function readLetterId(text: string): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(id)) return id;
  throw new InvalidArgumentError("must be the id of a dead letter, a whole number.");
}

const COUNT_MAX = 10_000;

export function readCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= COUNT_MAX) return count;
  throw new InvalidArgumentError(`must be a whole number from 1 to ${COUNT_MAX}.`);
}

const AGO = /^(\d{1,5})(m|h|d)$/;
const MINUTES = { m: 1, h: 60, d: 24 * 60 } as const;

/** A moment as ISO 8601 writes it (a day begins in UTC), or so long ago: 90m, 36h, 7d. */
export function readMoment(text: string): Date {
  const [, count, unit] = AGO.exec(text) ?? [];
  const at =
    unit === "m" || unit === "h" || unit === "d"
      ? new Date(Date.now() - Number(count) * MINUTES[unit] * 60_000)
      : new Date(/^\d{4}-\d\d-\d\d/.test(text) ? text : Number.NaN);
  if (!Number.isNaN(at.getTime())) return at;
  throw new InvalidArgumentError("must be a time such as 2026-11-16T10:00:00Z, or 36h, 7d ago.");
}
