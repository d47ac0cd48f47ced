// Believable addresses by country, so that a step of a scenario needs only a name and a phone.
import type { Address } from "./model.ts";

/** What a scenario says of an address; the rest is filled in by country. */
export type AddressInput = {
  name: string;
  country?: "US" | "CA" | "FR" | "GB";
  phone?: string | null;
  company?: string | null;
};

type Place = Pick<
  Address,
  "address1" | "city" | "zip" | "province" | "provinceCode" | "country" | "countryCode"
>;

const PLACES: Record<"US" | "CA" | "FR" | "GB", Place> = {
  US: {
    address1: "1481 Valencia Street",
    city: "San Francisco",
    zip: "94110",
    province: "California",
    provinceCode: "CA",
    country: "United States",
    countryCode: "US",
  },
  CA: {
    address1: "151 O'Connor Street",
    city: "Ottawa",
    zip: "K2P 2L8",
    province: "Ontario",
    provinceCode: "ON",
    country: "Canada",
    countryCode: "CA",
  },
  FR: {
    address1: "12 rue des Martyrs",
    city: "Paris",
    zip: "75009",
    province: null,
    provinceCode: null,
    country: "France",
    countryCode: "FR",
  },
  GB: {
    address1: "27 Lamb's Conduit Street",
    city: "London",
    zip: "WC1N 3NG",
    province: "England",
    provinceCode: "ENG",
    country: "United Kingdom",
    countryCode: "GB",
  },
};

export function splitName(name: string): { firstName: string; lastName: string } {
  const [firstName = "", ...rest] = name.split(" ");
  return { firstName, lastName: rest.join(" ") };
}

export function completeAddress(input: AddressInput): Address {
  return {
    ...PLACES[input.country ?? "US"],
    ...splitName(input.name),
    name: input.name,
    company: input.company ?? null,
    phone: input.phone ?? null,
  };
}
