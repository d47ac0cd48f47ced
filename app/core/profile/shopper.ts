/**
 * What is known of a shopper besides number and consent: how they are called, where they live and
 * in which language they shop; and whether the workspace says they want nothing at all.
 */
import type { AddressSaid, Instant, Observation } from "../heard.ts";
import { byTime } from "../heard.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import { isDefaultAddressOwn, isShippingOwn } from "./whose-number.ts";

export type Home = { country: string; province: string | null };

export type Shopper = {
  firstName: string | null;
  lastName: string | null;
  locale: string | null;
  /** Of the latest of their addresses. */
  country: string | null;
  /** Their own addresses, the latest first. */
  homes: Home[];
};

/** People move: of all addresses ever written the last few say where somebody may be. */
const HOMES_MAX = 3;

export function shopperOf({ documents }: PersonHeard): Shopper {
  const shopper: Shopper = {
    firstName: null,
    lastName: null,
    locale: null,
    country: null,
    homes: [],
  };
  const latest: Observation[] = [];
  for (const tellings of documents.values()) {
    const last = tellings.at(-1);
    if (last) latest.push(last);
  }
  if (latest.length > 1) latest.sort((a, b) => byTime(b, a));
  for (const { says } of latest) {
    if (says.kind === "customer" && shopper.firstName === null && shopper.lastName === null) {
      shopper.firstName = says.firstName;
      shopper.lastName = says.lastName;
    }
    if (says.kind === "checkout" || says.kind === "order") shopper.locale ??= says.locale;
    for (const address of ownAddresses(says)) addHome(shopper.homes, address);
  }
  shopper.country = shopper.homes[0]?.country ?? null;
  return shopper;
}

function ownAddresses(says: Observation["says"]): (AddressSaid | null)[] {
  if (says.kind === "customer") return isDefaultAddressOwn(says) ? [says.address] : [];
  if (says.kind !== "checkout" && says.kind !== "order") return [];
  return isShippingOwn(says) ? [says.shipping, says.billing] : [says.billing];
}

function addHome(homes: Home[], address: AddressSaid | null): void {
  if (!address?.country || homes.length >= HOMES_MAX) return;
  const { country, province } = address;
  const isKnown = homes.some((home) => home.country === country && home.province === province);
  if (!isKnown) homes.push({ country, province });
}

/** The last word in the workspace's preferences; the consent ledger has nothing to do with it. */
export function isUnsubscribedEverywhere({ documents }: PersonHeard): boolean {
  let last: { at: Instant; subscribed: boolean } | null = null;
  for (const [document, tellings] of documents) {
    if (!document.startsWith("preference:")) continue;
    for (const { says, toldAt } of tellings) {
      if (says.kind !== "preference" || says.channel !== "everything") continue;
      // Of two that were set at once the one that wants less counts.
      if (last && (toldAt < last.at || (toldAt === last.at && says.subscribed))) continue;
      last = { at: toldAt, subscribed: says.subscribed };
    }
  }
  return last !== null && !last.subscribed;
}
