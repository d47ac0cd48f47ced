import { describe, expect, it } from "vitest";

import { hear } from "../testing/hear.ts";
import { createTeller, DAY, START, ticked } from "../testing/tell.ts";
import type { HolderOfNumber } from "./holders.ts";
import { holdersFor } from "./holders.ts";
import type { Profile } from "./profile.ts";

const A = "+14155552671";
const B = "+14155552672";
const { checkout, order } = createTeller(() => ({}));

function profileOf(messages: Parameters<typeof hear>[0]): Profile {
  const told = hear(messages, { asOf: START + 9 * DAY }).get("email:ada@example.com");
  if (!told) throw new Error("nobody is told of");
  return told.decision.profile;
}

const TICKED_AT = START + DAY;
const ada = { email: "ada@example.com", phone: A };
const ticking = profileOf([checkout("c1", TICKED_AT, { ...ada, ...ticked(A) })]);
const buying = profileOf([order(1, TICKED_AT, ada)]);

const holder = (name: string, more: Partial<HolderOfNumber> = {}): HolderOfNumber => ({
  anchor: `email:${name}@example.com`,
  isPhone: true,
  consentAt: null,
  orderedAt: null,
  ...more,
});
const me = holder("ada", { consentAt: TICKED_AT, orderedAt: START });
const among = (profile: Profile, ...holders: HolderOfNumber[]) =>
  holdersFor(profile, new Map([[A, [me, ...holders]]]));

describe("the number of one who has it alone", () => {
  it("is theirs, whatever they bought or agreed to themselves", () => {
    const alone = { count: 1, latestGrantIsTheirs: true, othersOrderedAt: null };
    expect(among(ticking)).toEqual(alone);
    expect(among(buying)).toEqual(alone);
    expect(holdersFor(ticking, new Map())).toEqual(alone);
  });

  it("is no matter of who has another number, nor is having none", () => {
    const others = new Map([[B, [holder("ben", { consentAt: START + 9 * DAY })]]]);
    const alone = { count: 1, latestGrantIsTheirs: true, othersOrderedAt: null };
    expect(holdersFor(ticking, others)).toEqual(alone);
    expect(holdersFor({ ...ticking, phone: null }, new Map([[A, [me, holder("ben")]]]))).toEqual(
      alone,
    );
  });
});

describe("of several who have a number", () => {
  it("each counts once, and the person asked about too", () => {
    expect(among(ticking, holder("ben"), holder("eve")).count).toBe(3);
    expect(holdersFor(ticking, new Map([[A, [holder("ben")]]])).count).toBe(2);
  });

  it("the one whose yes is the latest may be texted", () => {
    const isTheirs = (consentAt: number) =>
      among(ticking, holder("ben", { consentAt })).latestGrantIsTheirs;
    expect(isTheirs(TICKED_AT - 1)).toBe(true);
    expect(isTheirs(TICKED_AT + 1)).toBe(false);
  });

  it("exactly one is chosen of those who agreed in the same moment", () => {
    const isTheirs = (name: string) =>
      among(ticking, holder(name, { consentAt: TICKED_AT })).latestGrantIsTheirs;
    expect(isTheirs("aaron")).toBe(false);
    expect(isTheirs("ben")).toBe(true);
  });

  it("any who agreed comes before one who did not", () => {
    const agreed = holder("ben", { consentAt: START - DAY });
    expect(among(buying, agreed).latestGrantIsTheirs).toBe(false);
    expect(among(buying, holder("ben")).latestGrantIsTheirs).toBe(true);
  });

  it("one who did not agree, or whose phone is another, outdoes nobody", () => {
    expect(among(ticking, holder("ben")).latestGrantIsTheirs).toBe(true);
    const elsewhere = holder("ben", { isPhone: false, consentAt: START + 9 * DAY });
    expect(among(ticking, elsewhere).latestGrantIsTheirs).toBe(true);
    const later = holder("eve", { consentAt: START + 9 * DAY });
    expect(among(ticking, elsewhere, later).latestGrantIsTheirs).toBe(false);
  });

  it("a consent that has lapsed or ended is none, whenever it was given", () => {
    const { consent } = ticking;
    const older = holder("ben", { consentAt: START });
    for (const status of ["pending", "expired", "unsubscribed"] as const) {
      const ended = { ...ticking, consent: { ...consent, status } };
      expect(among(ended, older).latestGrantIsTheirs).toBe(false);
    }
  });

  it("the last order of the others is told, never the person's own", () => {
    const ben = holder("ben", { orderedAt: START + 2 * DAY });
    const eve = holder("eve", { orderedAt: START + DAY });
    const bought = holder("ada", { orderedAt: START + 9 * DAY });
    const all = new Map([[A, [bought, eve, ben, holder("joe")]]]);
    expect(holdersFor(ticking, all).othersOrderedAt).toBe(START + 2 * DAY);
    expect(among(ticking, holder("ben")).othersOrderedAt).toBeNull();
  });
});
