// The laws of SEMANTICS over random histories of a small shop.

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Observation, Saying } from "./heard.ts";
import { byTime } from "./heard.ts";
import { identitiesNamed } from "./identity.ts";
import type { NumberSaid } from "./numbers/said.ts";
import { tellPeopleApart } from "./people/tell-apart.ts";
import type { Message, Told, World } from "./testing/hear.ts";
import {
  decideOfAll,
  hear,
  mergeTellings,
  numbersSaidIn,
  observationsOf,
  outcomeOf,
  shuffle,
} from "./testing/hear.ts";
import { AFTERWARDS, CUSTOMERS, messageFrom, NUMBERS } from "./testing/histories.ts";
import { createTeller, DAY, HOUR, iso, MINUTE } from "./testing/tell.ts";

const tape = fc.array(fc.nat(1_000_000), { maxLength: 24 });
const history = fc.array(tape.map(messageFrom), { minLength: 1, maxLength: 14 });
const worlds = fc
  .record({
    shared_numbers: fc.constantFrom("one", "all", "nobody"),
    double_opt_in: fc.constantFrom(false, false, true),
    superseded_after_days: fc.constantFrom(90, 30),
  })
  .map((settings): World => ({ settings, asOf: AFTERWARDS + DAY }));
const anyCustomer = fc.constantFrom(...CUSTOMERS);
const anyNumber = fc.constantFrom(...NUMBERS);
const { consent, imported, noted, report, text } = createTeller(() => ({}));

function check<Inputs extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Inputs]: fc.Arbitrary<Inputs[Index]> },
  law: (...inputs: Inputs) => void,
): void {
  fc.assert(fc.property(...arbitraries, law));
}

const isEligible = ({ eligibility }: Told): boolean => eligibility.marketing.length === 0;
const phoneOf = ({ decision }: Told): string | null => decision.profile.phone?.e164 ?? null;

const NEVER = Number.NEGATIVE_INFINITY;

type Yes = { tick: number; record: number; restored: number };

/** What a person said of a number, read off the tellings without any of the core's own fold. */
function latestYes(one: Told, number: string, said: readonly NumberSaid[]): Yes {
  let tick = NEVER;
  let record = NEVER;
  let restored = Math.max(NEVER, ...textsFrom(number, said, ["start"]));
  for (const tellings of one.person.documents.values()) {
    let since: number | null = null;
    for (const { says, toldAt } of tellings) {
      if (says.kind === "preference" && says.channel === "sms" && says.subscribed) {
        restored = Math.max(restored, toldAt);
      }
      if (says.kind === "form" && says.ticked && says.phone === number) {
        tick = Math.max(tick, toldAt);
      }
      if (says.kind === "import" && says.consentedAt !== null && says.phone === number) {
        record = Math.max(record, Math.min(says.consentedAt, toldAt));
      }
      if (says.kind === "consent" && says.state === "subscribed" && says.phone === number) {
        record = Math.max(record, toldAt);
      }
      if (says.kind !== "checkout") continue;
      const isYes = says.ticked && says.smsPhone === number && says.channel === "online";
      since = isYes ? (since ?? toldAt) : null;
    }
    tick = Math.max(tick, since ?? tick);
  }
  return { tick, record, restored };
}

function textsFrom(
  number: string,
  said: readonly NumberSaid[],
  meanings: readonly string[],
): number[] {
  return said.flatMap(({ number: from, says, at }) =>
    from === number && says.kind === "text" && meanings.includes(says.meaning) ? [at] : [],
  );
}

function latestNo(
  one: Told,
  number: string,
  all: readonly Observation[],
  said: readonly NumberSaid[],
): number {
  let stop = Math.max(NEVER, ...textsFrom(number, said, ["stop", "wrong_number"]));
  for (const observation of all) {
    const { says, toldAt, document } = observation;
    const isTheirs = one.person.documents.has(document);
    if (says.kind === "preference" && says.channel === "sms" && !says.subscribed && isTheirs) {
      stop = Math.max(stop, toldAt);
    }
    if (says.kind !== "consent" || says.state !== "unsubscribed") continue;
    if (says.phone === number || isTheirs) stop = Math.max(stop, toldAt);
  }
  return stop;
}

/** The history in which whoever says yes in these tellings never did. */
function withoutYes(
  all: readonly Observation[],
  which: (told: Observation) => boolean,
): Observation[] {
  return all.map((told): Observation => {
    const { says } = told;
    if (!which(told)) return told;
    if (says.kind === "checkout" || says.kind === "form") {
      return { ...told, says: { ...says, ticked: false } };
    }
    if (says.kind === "import") return { ...told, says: { ...says, consentedAt: null } };
    if (says.kind !== "consent" || says.state !== "subscribed") return told;
    return { ...told, says: { ...says, state: null } };
  });
}

function consentMessage(id: number, state: string, phone: string | null, at: number): Message {
  return consent(id, at, state, phone, { opt_in_level: "confirmed_opt_in" });
}

describe("the laws of the core", () => {
  it("order, repetition and splitting of the messages change nothing", () => {
    check([history, worlds, fc.nat(1_000), fc.nat(14)], (messages, world, seed, cut) => {
      const told = outcomeOf(hear(messages, world));
      const again = messages.map((one) => ({ ...one, receivedAt: one.receivedAt + 5 * HOUR }));
      expect(outcomeOf(hear(shuffle([...messages, ...again], seed), world))).toEqual(told);
      const parts = [messages.slice(cut), messages.slice(0, cut)].map(observationsOf);
      const said = numbersSaidIn(messages);
      expect(outcomeOf(decideOfAll(mergeTellings(parts.flat()), world, said))).toEqual(told);
    });
  });

  it("who is who does not depend on what else is looked at together", () => {
    check([history], (messages) => {
      const all = observationsOf(messages);
      const apart = clustersOf(all).flatMap((cluster) => tellPeopleApart(cluster));
      const summary = (people: readonly ReturnType<typeof tellPeopleApart>[number][]) =>
        people
          .map(({ anchor, email, identities, documents }) =>
            JSON.stringify([anchor, email, [...identities].sort(), [...documents.keys()].sort()]),
          )
          .sort();
      expect(summary(apart)).toEqual(summary(tellPeopleApart(all)));
    });
  });

  it("every document belongs to exactly one person, and no email or customer to two", () => {
    check([history], (messages) => {
      const people = tellPeopleApart(observationsOf(messages));
      const documents = people.flatMap((person) => [...person.documents.keys()]);
      const identities = people.flatMap((person) => person.identities);
      expect(new Set(documents).size).toBe(documents.length);
      expect(new Set(identities).size).toBe(identities.length);
    });
  });

  it("a number of a lower group, or one told again, never changes the winner", () => {
    check([history, worlds, fc.nat(400)], (messages, world, days) => {
      const before = hear(messages, world);
      for (const [anchor, one] of before) {
        const { winner } = one.decision.choice;
        if (!winner?.takesTexts || winner.group > 4) continue;
        const [kind, value] = [
          anchor.slice(0, anchor.indexOf(":")),
          anchor.slice(anchor.indexOf(":") + 1),
        ];
        if (kind !== "customer" && kind !== "email") continue;
        const at = AFTERWARDS - days * DAY;
        const body = JSON.stringify({
          id: 99,
          source_name: "pos",
          phone: "+14155552679",
          created_at: iso(at),
          updated_at: iso(at),
          ...(kind === "customer" ? { customer: { id: value } } : { email: value }),
        });
        const till: Message = { topic: "orders/create", body, triggeredAt: at, receivedAt: at };
        const after = hear([...messages, till], world).get(anchor);
        expect(after?.decision.choice.winner?.e164).toBe(winner.e164);
      }
    });
  });

  it("an order told again years later, for a tag or a refund, changes no number and no consent", () => {
    check([history, worlds], (messages, world) => {
      const all = observationsOf(messages);
      const last = new Map<string, Observation>();
      for (const told of all) {
        const known = last.get(told.document);
        if (told.says.kind === "order" && (!known || byTime(known, told) < 0))
          last.set(told.document, told);
      }
      const again = [...last.values()].map((told) => ({
        ...told,
        id: `${told.id} again`,
        toldAt: AFTERWARDS,
        triggeredAt: AFTERWARDS,
        receivedAt: AFTERWARDS,
      }));
      const numbers = (told: ReadonlyMap<string, Told>) =>
        [...told.values()].map((one) => [phoneOf(one), one.decision.profile.consent, one.address]);
      const said = numbersSaidIn(messages);
      expect(numbers(decideOfAll([...all, ...again], world, said))).toEqual(
        numbers(decideOfAll(all, world, said)),
      );
    });
  });

  it("nobody is eligible but by an own act, for that very number, after every stop", () => {
    check([history, worlds], (messages, world) => {
      const all = observationsOf(messages);
      const said = numbersSaidIn(messages);
      for (const one of decideOfAll(all, world, said).values()) {
        const number = phoneOf(one);
        if (!isEligible(one) || number === null) continue;
        const { tick, record, restored } = latestYes(one, number, said);
        const stop = latestNo(one, number, all, said);
        expect(Math.max(tick, record)).toBeGreaterThan(NEVER);
        if (stop !== NEVER) expect(Math.max(tick, restored)).toBeGreaterThan(stop);
      }
    });
  });

  it("an act of one person makes no other eligible, nor one for a number another number", () => {
    check([history, worlds], (messages, world) => {
      const all = observationsOf(messages);
      const said = numbersSaidIn(messages);
      for (const [anchor, one] of decideOfAll(all, world, said)) {
        const number = phoneOf(one);
        if (!isEligible(one) || number === null) continue;
        const isOwn = ({ document }: Observation): boolean => one.person.documents.has(document);
        const alone = decideOfAll(
          withoutYes(all, (told) => !isOwn(told)),
          world,
          said,
        ).get(anchor);
        expect(alone && isEligible(alone) && phoneOf(alone) === number).toBe(true);
        const isForIt = (told: Observation) => isOwn(told) && numberOfYes(told.says) === number;
        const silent = decideOfAll(withoutYes(all, isForIt), world, said).get(anchor);
        expect(silent !== undefined && isEligible(silent) && phoneOf(silent) === number).toBe(
          false,
        );
      }
    });
  });

  it("after a stop no older grant makes any number of theirs eligible, nor that number anybody's", () => {
    check([history, worlds, anyCustomer, fc.option(anyNumber)], (messages, world, id, number) => {
      const stopped = hear(
        [...messages, consentMessage(id, "unsubscribed", number, AFTERWARDS)],
        world,
      );
      for (const one of stopped.values()) {
        const isTheirs = one.person.identities.includes(`customer:${id}`);
        if (isTheirs || (number !== null && phoneOf(one) === number)) {
          expect(isEligible(one)).toBe(false);
          expect(one.eligibility.transactional).toContain("opted_out");
          expect(one.attributes).not.toHaveProperty("sms_marketing_phone");
        }
      }
    });
  });

  it("a stop from a handset ends what everybody agreed to who ever had its number, until START", () => {
    check([history, worlds, anyNumber], (messages, world, number) => {
      const stop = text(number, AFTERWARDS, "stop");
      for (const one of hear([...messages, stop], world).values()) {
        const { facts, numbersHad } = one.decision;
        const had = numbersHad.some(({ e164 }) => e164 === number) && !facts.barred.has(number);
        if (!had && phoneOf(one) !== number) continue;
        expect(isEligible(one)).toBe(false);
        expect(one.eligibility.transactional).toContain("opted_out");
      }
      const started = hear([...messages, stop, text(number, AFTERWARDS + 1, "Start")], world);
      for (const [anchor, one] of hear(messages, world)) {
        if (phoneOf(one) !== number || !isEligible(one)) continue;
        const again = started.get(anchor);
        if (!again || phoneOf(again) !== number || isEligible(again)) continue;
        // The START ends every stop said for the number before: it may now be somebody else's, by the same policy.
        expect(again.eligibility.marketing).toEqual(["shared_number"]);
        expect(
          [...started.values()].some((other) => phoneOf(other) === number && isEligible(other)),
        ).toBe(true);
      }
    });
  });

  it("no list, note of support or carrier makes anybody eligible who was not", () => {
    check([history, worlds, anyCustomer, anyNumber], (messages, world, id, number) => {
      const who = { customer: id, phone: number };
      const later = AFTERWARDS + MINUTE;
      const stopped = [...messages, consentMessage(id, "unsubscribed", number, AFTERWARDS)];
      const consented = { consented_at: iso(later), consent_source: "list", wording: "v1" };
      const words = [
        imported("i9", later, { ...who, ...consented }),
        noted("n9", later, { ...who, verifies: number }),
        report(number, later, "landline"),
      ];
      for (const one of hear([...stopped, ...words], world).values()) {
        if (one.person.identities.includes(`customer:${id}`)) expect(isEligible(one)).toBe(false);
      }
    });
  });

  it("no record or echo of Shopify's lifts a stop", () => {
    check(
      [history, worlds, anyCustomer, anyNumber, fc.nat(30)],
      (messages, world, id, number, minutes) => {
        const later = AFTERWARDS + 1 + minutes * MINUTE;
        const stopped = [...messages, consentMessage(id, "unsubscribed", number, AFTERWARDS)];
        const echoes = NUMBERS.map((any) => consentMessage(id, "subscribed", any, later));
        for (const one of hear([...stopped, ...echoes], world).values()) {
          if (one.person.identities.includes(`customer:${id}`)) expect(isEligible(one)).toBe(false);
        }
      },
    );
  });

  it("a recipient's number is never the phone, nor the candidate", () => {
    check([history, worlds], (messages, world) => {
      for (const { decision } of hear(messages, world).values()) {
        const { winner, candidate, own } = decision.choice;
        expect(winner?.source).not.toBe("delivery_contact");
        expect(candidate?.source).not.toBe("delivery_contact");
        for (const e164 of own.keys()) {
          const shown = decision.heard.filter(({ reading }) => reading.e164 === e164);
          expect(shown.some(({ source, stands }) => stands && source !== "delivery_contact")).toBe(
            true,
          );
        }
      }
    });
  });

  it("the number to text is the phone while eligible, and nothing otherwise", () => {
    check([history, worlds], (messages, world) => {
      for (const one of hear(messages, world).values()) {
        const { attributes } = one;
        expect(attributes["sms_marketing_phone"]).toBe(
          isEligible(one) ? attributes["phone"] : undefined,
        );
        expect(attributes["sms_eligible"]).toBe(attributes["sms_ineligible_reason"] === undefined);
      }
    });
  });

  it("test orders tell no number and no event", () => {
    check([history, worlds], (messages, world) => {
      const all = observationsOf(messages);
      const tested = all.map((told) =>
        told.says.kind === "order" ? { ...told, says: { ...told.says, test: true } } : told,
      );
      for (const { events, decision } of decideOfAll(tested, world).values()) {
        expect(events.filter(({ name }) => name.startsWith("order_"))).toEqual([]);
        expect(decision.heard.filter(({ document }) => document.startsWith("order:"))).toEqual([]);
      }
    });
  });

  it("every event is told once", () => {
    check([history, worlds], (messages, world) => {
      const events = [...hear(messages, world).values()].flatMap((one) => one.events);
      const names = events.map(({ name, resource }) => `${name} ${resource}`);
      expect(new Set(names).size).toBe(names.length);
    });
  });
});

function numberOfYes(says: Saying): string | null {
  if (says.kind === "checkout") return says.smsPhone;
  const isYes = says.kind === "consent" || says.kind === "form" || says.kind === "import";
  return isYes ? says.phone : null;
}

/** What is read together: documents and the identities they name, as the database joins them. */
function clustersOf(all: readonly Observation[]): Observation[][] {
  let clusters: { keys: Set<string>; told: Observation[] }[] = [];
  for (const told of all) {
    const keys = new Set([told.document, ...identitiesNamed(told.says)]);
    const touched = clusters.filter((cluster) => [...keys].some((key) => cluster.keys.has(key)));
    const joined = {
      keys: new Set([...keys, ...touched.flatMap((cluster) => [...cluster.keys])]),
      told: [told, ...touched.flatMap((cluster) => cluster.told)],
    };
    clusters = [...clusters.filter((cluster) => !touched.includes(cluster)), joined];
  }
  return clusters.map(({ told }) => told);
}
