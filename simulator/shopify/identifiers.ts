// Ids and tokens of the kinds real shops have: 13 to 16 digits, hex tokens, UUIDs. They are drawn
// from the shop's domain, its seed and a counter, so that the same day gives the same ids.
import { createHash } from "node:crypto";

const FIRST_ID = {
  customer: 7_204_518_002_117,
  address: 8_431_007_366_214,
  checkout: 36_108_844_720_195,
  order: 5_610_238_774_113,
  item: 14_032_980_155_606,
  fulfillment: 5_102_447_190_822,
  fulfillmentEvent: 22_810_736_440_331,
  refund: 9_071_183_204_759,
  transaction: 6_630_114_927_405,
} as const;

export type IdKind = keyof typeof FIRST_ID;

export type Identifiers = {
  id(kind: IdKind): number;
  /** 32 hex digits. */
  token(kind: string): string;
  uuid(kind: string): string;
};

/** `domain` and `seed` keep two shops apart; real ids are unique over all of Shopify. */
export function createIdentifiers(domain: string, seed: number): Identifiers {
  const counters = new Map<string, number>();
  const shift = createHash("sha256").update(`${domain}/${seed}`).digest().readUInt32BE(0);
  function count(kind: string): number {
    const next = (counters.get(kind) ?? 0) + 1;
    counters.set(kind, next);
    return next;
  }
  function token(kind: string): string {
    return createHash("sha256")
      .update(`${domain}/${seed}/${kind}/${count(kind)}`)
      .digest("hex")
      .slice(0, 32);
  }
  return {
    id: (kind) => FIRST_ID[kind] + shift * 1000 + count(kind) * 32_769,
    token,
    uuid: (kind) => token(kind).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
  };
}
