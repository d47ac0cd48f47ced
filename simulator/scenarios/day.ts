// A day in a shop: the scenario of the demo. Some shoppers have a history of earlier days; today is
// told live, in rounds. Every phone is in the 555 exchange outside the reserved range, or a foreign
// number of a mobile range; nobody real is meant.
import { DAY_PEOPLE } from "./day-people.ts";
import { DAY_HISTORY } from "./day-history.ts";
import { DAY_HOOKS } from "./day-hooks.ts";
import { DAY_TODAY } from "./day-today.ts";
import type { Scenario } from "./scenario.ts";

export const DAY: Scenario = {
  name: "day",
  shop: "northwind-toys.myshopify.com",
  country: "US",
  quiet: { checkoutStarted: 5, checkoutStartedLatest: 15, phoneUpdated: 2 },
  roundMs: 1100,
  pauses: { 7: 5 },
  steps: [...DAY_HISTORY, ...DAY_TODAY],
  hooks: DAY_HOOKS,
  people: DAY_PEOPLE,
};
