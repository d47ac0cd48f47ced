/**
 * Hears webhook bodies and decides of everybody in the shop, without a database: what merge does in
 * SQL is done over all messages at once. For tests.
 */
import { understand } from "../hear/understand.ts";
import type { Envelope, Understood } from "../hear/reader.ts";
import type { Instant, Observation } from "../heard.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import { tellPeopleApart } from "../people/tell-apart.ts";
import { createPolicy, rememberReadings } from "../policy.ts";
import { hadByOthersThan, NOTHING_KNOWN } from "../numbers/known.ts";
import type { NumberSaid, NumbersSaid } from "../numbers/said.ts";
import { toldOnce } from "../numbers/told-once.ts";
import type { Eligibility, NumberHolders } from "../profile/eligibility.ts";
import { judge } from "../profile/eligibility.ts";
import type { HolderOfNumber } from "../profile/holders.ts";
import { holdersFor } from "../profile/holders.ts";
import type { Decision } from "../profile/profile.ts";
import { ownSince } from "../profile/number-facts.ts";
import { notesOf } from "../profile/person-policy.ts";
import { decide, numbersOf } from "../profile/profile.ts";
import { readSettings } from "../settings/schema.ts";
import { addressOf } from "../tell/address.ts";
import type { Attributes } from "../tell/attributes.ts";
import { attributesOf } from "../tell/attributes.ts";
import { placeNow } from "../tell/place-now.ts";
import type { CommerceEvent } from "../tell/events.ts";
import { eventsOf } from "../tell/events.ts";

export type Message = Envelope;

export type Told = {
  person: PersonHeard;
  decision: Decision;
  eligibility: Eligibility;
  holders: NumberHolders;
  attributes: Attributes;
  events: CommerceEvent[];
  address: string | null;
};

export type World = {
  asOf: Instant;
  /** As a shop's stored settings are. */
  settings?: Record<string, unknown>;
  /** Stops the ledger holds from before the messages. */
  stops?: Record<string, Instant>;
};

const read = rememberReadings();
const understoodBefore = new WeakMap<Message, Understood>();

/** A law hears the same messages again and again, and what they say is always the same. */
function understoodOf(message: Message): Understood {
  const before = understoodBefore.get(message);
  if (before) return before;
  const understood = understand(message);
  understoodBefore.set(message, understood);
  return understood;
}

/** What the messages say of numbers themselves, each report once however often it came. */
export function numbersSaidIn(messages: readonly Message[]): NumberSaid[] {
  const known = new Map<string, NumberSaid>();
  for (const message of messages) {
    const understood = understoodOf(message);
    if (understood.kind !== "told") continue;
    for (const { statedAt, ...one } of understood.ofNumbers ?? []) {
      const id = JSON.stringify([one.number, statedAt, one.says]);
      const before = known.get(id);
      known.set(id, { ...one, id, at: Math.min(one.at, before?.at ?? one.at) });
    }
  }
  return [...known.values()];
}

/** What the messages say, each telling once however often it came. */
export function observationsOf(messages: readonly Message[]): Observation[] {
  const all: Observation[] = [];
  for (const message of messages) {
    const understood = understoodOf(message);
    if (understood.kind !== "told") continue;
    for (const { statedAt, occasion, ...told } of understood.told) {
      all.push({ ...told, id: JSON.stringify([told.document, statedAt, occasion, told.says]) });
    }
  }
  return mergeTellings(all);
}

/** As storing them does: of the same telling the earliest times stay. */
export function mergeTellings(all: readonly Observation[]): Observation[] {
  const known = new Map<string, Observation>();
  for (const told of all) {
    const before = known.get(told.id) ?? told;
    known.set(told.id, {
      ...before,
      toldAt: Math.min(before.toldAt, told.toldAt),
      triggeredAt: Math.min(before.triggeredAt, told.triggeredAt),
      receivedAt: Math.min(before.receivedAt, told.receivedAt),
    });
  }
  return [...known.values()];
}

/** Everybody of the shop, by anchor. */
export function hear(messages: readonly Message[], world: World): Map<string, Told> {
  return decideOfAll(observationsOf(messages), world, numbersSaidIn(messages));
}

export function decideOfAll(
  observations: readonly Observation[],
  world: World,
  ofNumbers: readonly NumberSaid[] = [],
): Map<string, Told> {
  const policy = policyOf(world);
  const people = tellPeopleApart(observations);
  const before = Object.entries(world.stops ?? {}).map(([number, at]) => stopOf(number, at));
  const heard = byNumber([...ofNumbers, ...before]);
  const own = new Map<string, Map<string, Instant>>();
  for (const person of people) {
    const known = { ...NOTHING_KNOWN, said: heard };
    const numbers = ownSince(numbersOf(person, policy), notesOf(person), known, policy);
    for (const [e164, since] of numbers) {
      own.set(e164, (own.get(e164) ?? new Map()).set(person.anchor, since));
    }
  }
  const decideOf = (person: PersonHeard, said: NumbersSaid): Decision => {
    const known = { said, hadByOthers: hadByOthersThan(person.anchor, own) };
    return decide(person, numbersOf(person, policy), known, policy, world.asOf);
  };
  // As merge does: a stop that names a number counts for everybody who has it.
  const named = people.flatMap((person) =>
    decideOf(person, heard).acts.flatMap(({ kind, number, at }) =>
      kind === "stop" && number !== null ? [stopOf(number, at)] : [],
    ),
  );
  const said = byNumber([...ofNumbers, ...before, ...named]);
  const decided = people.map((person) => ({ person, decision: decideOf(person, said) }));
  const holdersByNumber = new Map<string, HolderOfNumber[]>();
  for (const { decision } of decided) {
    const { anchor, phone, commerce } = decision.profile;
    for (const { e164, isOwn, consentAt } of decision.numbersHad) {
      if (!isOwn) continue;
      const known = holdersByNumber.get(e164) ?? [];
      holdersByNumber.set(e164, known);
      const orderedAt = commerce.lastOrderedAt;
      known.push({ anchor, isPhone: phone?.e164 === e164, consentAt, orderedAt });
    }
  }
  const { settings } = policy;
  return new Map(
    decided.map(({ person, decision }) => {
      const { profile } = decision;
      const holders = holdersFor(profile, holdersByNumber);
      const eligibility = judge(profile, holders, settings, false);
      const attributes = attributesOf(
        profile,
        eligibility,
        holders,
        settings,
        placeNow(profile, world.asOf),
      );
      const hadByOthers = hadByOthersThan(person.anchor, own);
      const { events } = eventsOf(person, decision, { said, hadByOthers }, policy, world.asOf);
      const address = addressOf(profile, settings);
      return [
        person.anchor,
        { person, decision, eligibility, holders, attributes, events, address },
      ];
    }),
  );
}

function stopOf(number: string, at: Instant): NumberSaid {
  return { number, id: `stop ${at}`, at, says: { kind: "stop", by: "shopify" } };
}

function byNumber(all: readonly NumberSaid[]): NumbersSaid {
  return new Map(
    [...Map.groupBy(all, ({ number }) => number)].map(([number, said]) => [number, toldOnce(said)]),
  );
}

export function policyOf({ settings = {} }: Pick<World, "settings">) {
  const reading = readSettings(settings);
  if (!reading.ok) throw new Error("the settings of this test are not valid");
  return createPolicy(reading.settings, read);
}

/** Everything that must come out the same, whatever the order of the messages. */
export function outcomeOf(told: ReadonlyMap<string, Told>): unknown {
  return [...told.values()].map(
    ({ decision, eligibility, attributes, address, events, person }) => ({
      profile: decision.profile,
      winner: decision.choice.winner,
      losers: decision.choice.losers
        .map(({ number, reason }) => [number.document, number.slot, number.raw, reason].join(" "))
        .sort(),
      acts: decision.acts,
      identities: [...person.identities].sort(),
      eligibility,
      attributes,
      address,
      events: events.map((event) => JSON.stringify(event)).sort(),
    }),
  );
}

/** A fixed shuffle for each seed: tests are repeatable. */
export function shuffle<Item>(items: readonly Item[], seed: number): Item[] {
  const shuffled = [...items];
  let state = seed + 1;
  for (let index = shuffled.length - 1; index > 0; index -= 1) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (index + 1);
    const [a, b] = [shuffled[index], shuffled[other]];
    if (a === undefined || b === undefined) continue;
    shuffled[index] = b;
    shuffled[other] = a;
  }
  return shuffled;
}
