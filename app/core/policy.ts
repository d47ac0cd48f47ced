/**
 * What a shop has decided, in the form the pure functions take it: the validated settings, and the
 * reader of numbers, which a caller may remember answers behind because it is a pure function.
 */
import { readNumber } from "./phone/read-number.ts";
import type { Reading } from "./phone/reading.ts";
import type { Settings } from "./settings/schema.ts";

/** `addresses` are the countries of the shopper's addresses; `others` (locale, shop) never cast doubt. */
export type ReadNumber = (
  raw: string,
  addresses: readonly string[],
  others?: readonly string[],
) => Reading;

export type Policy = {
  settings: Settings;
  /** Numbers of the shop itself (E.164), which are nobody's. */
  ownNumbers: ReadonlySet<string>;
  read: ReadNumber;
};

/** Most numbers are told many times: remembers up to `limit` readings, then starts afresh. */
export function rememberReadings(limit = 20_000): ReadNumber {
  const known = new Map<string, Reading>();
  return (raw, addresses, others = []) => {
    const key = `${raw}\n${addresses.join()}\n${others.join()}`;
    const remembered = known.get(key);
    if (remembered) return remembered;
    const reading = readNumber(raw, addresses, others);
    if (known.size >= limit) known.clear();
    known.set(key, reading);
    return reading;
  };
}

export function createPolicy(settings: Settings, read: ReadNumber): Policy {
  const own = new Set<string>();
  for (const raw of [...settings.own_numbers, ...settings.senders]) {
    const reading = read(raw, [settings.default_country]);
    if (reading.status === "valid") own.add(reading.e164);
  }
  return { settings, ownNumbers: own, read };
}
