/**
 * The countries to choose from, by name. Made on the server only: two machines may spell a country
 * differently, and a page must not differ between its rendering and its waking in the browser.
 */
import { COUNTRIES } from "#app/core/settings/countries.ts";
import type { CountryOption } from "./numbers-card.tsx";

export function listCountries(locale: string): CountryOption[] {
  const names = new Intl.DisplayNames([locale], { type: "region" });
  return COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value })).sort((one, other) =>
    one.label.localeCompare(other.label, locale),
  );
}
