import { getCountries } from "libphonenumber-js/max";
import { expect, test } from "vitest";
import { COUNTRIES } from "./countries.ts";

test("the countries a shop can choose are exactly those whose numbers can be read", () => {
  expect([...COUNTRIES].sort()).toEqual([...getCountries()].sort());
});
