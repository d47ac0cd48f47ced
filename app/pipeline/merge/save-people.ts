/**
 * Saves folded persons: rows, numbers, events, and everybody else whose answer changed because a
 * number is shared. A version is raised only where Customer.io would be told something new.
 */
import { hash } from "node:crypto";
import type { NumberSaid } from "#app/core/numbers/said.ts";
import { isOnTestList } from "#app/core/tell/address.ts";
import type { HolderOfNumber } from "#app/core/profile/holders.ts";
import type { Profile } from "#app/core/profile/profile.ts";
import { addFeedback } from "#app/db/feedback.ts";
import { movePeople } from "#app/db/funnel.ts";
import type { Holder, NumberKept } from "#app/db/holders.ts";
import { loadHolders, loadNumbersOf, saveNumbers } from "#app/db/holders.ts";
import type { NewOutboxItem } from "#app/db/outbox.ts";
import { addToOutbox } from "#app/db/outbox.ts";
import { storeNumbersSaid } from "#app/db/numbers-known.ts";
import type { PersonRow, PersonState } from "#app/db/people.ts";
import { insertPeople, loadPeople, retirePeople, updatePeople } from "#app/db/people.ts";
import type { Turns } from "#app/db/in-turn.ts";
import type { Queryable } from "#app/db/queryable.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { ulidOf } from "../ulid.ts";
import { countChanges } from "./count-changes.ts";
import type { Folded } from "./fold-clusters.ts";
import { stateOf } from "./judge-people.ts";
import { feedbackFor } from "./tell-others.ts";

type Changed = PersonState & { id: number; tell: boolean; before: PersonRow };

export type Saved = {
  toTell: "urgent" | "some" | "nothing";
  /** A stop that others have to be told of. */
  toTellOthers: boolean;
};

export async function savePeople(
  client: Turns,
  shop: WorkingShop,
  folded: readonly Folded[],
  now: number,
): Promise<Saved> {
  const known = folded.flatMap(({ row, retired }) =>
    row ? [row.id, ...retired.map(({ id }) => id)] : [],
  );
  const had = await loadNumbersOf(client, shop.id, known);
  const numbers = numbersConcerned(folded, had);
  const others = await loadHolders(client, shop.id, numbers, known);
  const holders = holdersByNumber(folded, others);

  const states = folded.map((one) => ({ one, state: stateOfFolded(one, holders, shop, now) }));
  const fresh = states.filter(({ one }) => one.row === null);
  const inserted = await insertPeople(
    client,
    shop.id,
    fresh.map(({ state }) => state),
  );
  const idOf = ({ row, person }: Folded): number => {
    const id = row?.id ?? inserted.get(person.anchor);
    if (id === undefined) throw new Error("a person was saved without getting an id");
    return id;
  };
  const changed = states.flatMap(({ one, state }) => (one.row ? changeOf(one.row, state) : []));
  changed.push(...(await neighboursChanged(client, shop, folded, others, holders, now)));
  // An anchor belongs to one active row, so who retires frees theirs before anybody takes it.
  await retirePeople(
    client,
    shop.id,
    states.flatMap(({ one, state: { address } }) =>
      one.retired.map(({ id }) => ({ id, into: idOf(one), address })),
    ),
  );
  updatePeople(client, shop.id, changed);
  const { moves, counts } = countChanges(
    fresh.map(({ state }) => state),
    changed.map((after) => ({ before: after.before, after })),
    folded.flatMap(({ retired }) => retired),
  );
  movePeople(client, shop.id, moves, now, counts);
  saveNumbersOf(client, shop.id, folded, idOf, had);
  const isTold = ({ decision }: Folded): boolean => isWritten(decision.profile, shop);
  const toTell = folded.filter(isTold).flatMap((one) => eventsFor(one, idOf(one), shop));
  const onlySeen = folded
    .filter((one) => !isTold(one))
    .flatMap((one) => eventsFor(one, idOf(one), shop));
  addToOutbox(client, shop.id, toTell, "pending");
  storeNumbersSaid(client, shop.id, shop.salt, askingsIn(toTell));
  addToOutbox(client, shop.id, onlySeen, "observed");

  const hasNews = await addFeedback(
    client,
    shop.id,
    states.flatMap(({ one, state: { address } }) => {
      const { revocations, decision } = one;
      const { customerId } = decision.profile;
      return feedbackFor({ personId: idOf(one), customerId, address, revocations }, shop.salt);
    }),
  );
  const told = [...changed.filter(({ tell }) => tell), ...fresh.map(({ state }) => state)];
  const isUrgent = told.some(({ urgent }) => urgent);
  const retires = folded.some(({ retired }) => retired.length > 0);
  const isSome = told.length > 0 || toTell.length > 0 || retires;
  return { toTell: isUrgent ? "urgent" : isSome ? "some" : "nothing", toTellOthers: hasNews };
}

/** What happens while nothing is written is seen, and never told later as if it were news. */
function isWritten(profile: Profile, { mode, settings }: WorkingShop): boolean {
  switch (mode) {
    case "observe":
      return false;
    case "test":
      return isOnTestList(profile, settings);
    case "live":
      return true;
  }
}

function stateOfFolded(
  { decision, clusterId, person, nextChangeAt, row }: Folded,
  holders: ReadonlyMap<string, readonly HolderOfNumber[]>,
  shop: WorkingShop,
  now: number,
): PersonState {
  const { identities } = person;
  return stateOf(decision.profile, clusterId, identities, nextChangeAt, row, holders, shop, now);
}

/** Nothing at all when the stored row says it already. */
function changeOf(row: PersonRow, state: PersonState): Changed[] {
  const tell = row.attributes !== state.attributes || row.address !== state.address;
  const same =
    !tell &&
    row.decision === state.decision &&
    row.anchor === state.profile.anchor &&
    row.clusterId === state.clusterId &&
    row.holdout === state.holdout &&
    row.stage === state.stage &&
    (row.nextChangeAt?.getTime() ?? null) === state.nextChangeAt;
  return same ? [] : [{ ...state, id: row.id, tell, before: row }];
}

type NumbersHad = Awaited<ReturnType<typeof loadNumbersOf>>;

/** Every number somebody here has, had or gives up: its other holders may be judged anew. */
function numbersConcerned(folded: readonly Folded[], had: NumbersHad): string[] {
  const numbers = new Set<string>();
  for (const { decision } of folded) for (const { e164 } of decision.numbersHad) numbers.add(e164);
  for (const had1 of had.values()) for (const e164 of had1.keys()) numbers.add(e164);
  return [...numbers].sort();
}

function holdersByNumber(
  folded: readonly Folded[],
  others: readonly Holder[],
): Map<string, HolderOfNumber[]> {
  const holders = new Map<string, HolderOfNumber[]>();
  const add = (e164: string, entry: HolderOfNumber): void => {
    const entries = holders.get(e164);
    if (entries) entries.push(entry);
    else holders.set(e164, [entry]);
  };
  for (const { e164, anchor, isPhone, consentAt, orderedAt } of others) {
    add(e164, { anchor, isPhone, consentAt, orderedAt });
  }
  for (const { decision } of folded) {
    const { profile } = decision;
    for (const { e164, isOwn, consentAt } of decision.numbersHad) {
      if (!isOwn) continue;
      const isPhone = profile.phone?.e164 === e164;
      const orderedAt = profile.commerce.lastOrderedAt;
      add(e164, { anchor: profile.anchor, isPhone, consentAt, orderedAt });
    }
  }
  return holders;
}

/** Persons not heard of in this batch whose answer changes with who else has their number. */
async function neighboursChanged(
  client: Queryable,
  shop: WorkingShop,
  folded: readonly Folded[],
  others: readonly Holder[],
  holders: ReadonlyMap<string, readonly HolderOfNumber[]>,
  now: number,
): Promise<Changed[]> {
  const here = new Set(folded.flatMap(({ row }) => (row ? [row.id] : [])));
  const ids = new Set(
    others
      .filter(({ isPhone, personId }) => isPhone && !here.has(personId))
      .map(({ personId }) => personId),
  );
  const rows = await loadPeople(client, shop.id, [...ids]);
  return rows.flatMap((row) => {
    const profile: Profile = JSON.parse(row.decision);
    const nextChangeAt = row.nextChangeAt?.getTime() ?? null;
    const { clusterId, anchor } = row;
    const state = stateOf(profile, clusterId, [anchor], nextChangeAt, row, holders, shop, now);
    return changeOf(row, state);
  });
}

function saveNumbersOf(
  client: Turns,
  shopId: number,
  folded: readonly Folded[],
  idOf: (one: Folded) => number,
  had: NumbersHad,
): void {
  const gained: Parameters<typeof saveNumbers>[2][number][] = [];
  const lost: { personId: number; e164: string }[] = [];
  for (const one of folded) {
    const { numbersHad, profile } = one.decision;
    const personId = idOf(one);
    const before = had.get(personId);
    for (const number of numbersHad) {
      const isPhone = profile.phone?.e164 === number.e164;
      const known = before?.get(number.e164);
      if (known && isSame(known, { ...number, isPhone })) continue;
      gained.push({ ...number, personId, isPhone });
    }
    for (const e164 of before?.keys() ?? []) {
      if (!numbersHad.some((number) => number.e164 === e164)) lost.push({ personId, e164 });
    }
  }
  saveNumbers(client, shopId, gained, lost);
}

function isSame(a: NumberKept, b: NumberKept): boolean {
  return (
    a.isPhone === b.isPhone &&
    a.isOwn === b.isOwn &&
    a.since === b.since &&
    a.consentAt === b.consentAt
  );
}

/** Who is asked to confirm is noted with the number, because nobody is to be asked too often. */
function askingsIn(items: readonly NewOutboxItem[]): NumberSaid[] {
  return items.flatMap(({ name, eventId, resource, at, body }) => {
    const number = body["phone"];
    if (name !== "sms_confirmation_requested" || typeof number !== "string") return [];
    const id = hash("sha256", eventId, "hex").slice(0, 32);
    return [{ number, id, at, says: { kind: "asked" as const, event: resource } }];
  });
}

function eventsFor({ events }: Folded, personId: number, shop: WorkingShop): NewOutboxItem[] {
  return events.map((event) => ({
    eventId: ulidOf(event.at, shop.domain, event.name, event.resource),
    kind: "event",
    name: event.name,
    personId,
    resource: event.resource,
    at: event.happenedAt,
    dueAt: event.dueAt,
    body: event.body,
  }));
}
