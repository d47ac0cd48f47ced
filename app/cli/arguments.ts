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
  const id = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(id)) return [...before, id];
  throw new InvalidArgumentError("must be the id of a dead letter, a whole number.");
}
