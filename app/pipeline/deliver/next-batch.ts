/**
 * The next batch of a shop, composed while the one before may still be on its way: exactly as much as
 * one request carries, people before events. Whoever is on the way is left out, and so is whoever
 * would be told under an address that is: what the two tell of one profile must not cross.
 */
import type pg from "pg";
import { BATCH_BYTES_MAX, sizeOf } from "#app/customerio/operations.ts";
import { takeDue } from "#app/db/outbox.ts";
import type { PersonTold, PersonToTell, ToldRow } from "#app/db/tellings.ts";
import {
  addressesInUse,
  loadSummaries,
  loadTold,
  markTold,
  takePeopleToTell,
} from "#app/db/tellings.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { itemForEntry, itemsForPerson, type Item } from "./compose.ts";

/** How many to look at, by what the batches before could hold. */
export type Appetite = { items: number };

export const PEOPLE_AT_FIRST = 600;
const ITEMS_MAX = 1_000;
/** Each number looked at is a statement of its own to PostgreSQL. */
const STEP = 100;

/**
 * Empty when there is nothing to tell now: all is told, or what is left has to wait until `onTheWay`
 * is settled. Events come once everybody is told and settled, so that each follows its person.
 */
export async function nextBatch(
  pool: pg.Pool,
  shop: WorkingShop,
  appetite: Appetite,
  onTheWay: readonly Item[],
  now: number,
): Promise<Item[]> {
  const testList =
    shop.mode === "test" ? shop.settings.test_list.map((entry) => entry.toLowerCase()) : null;
  const limit = Math.min(ITEMS_MAX, appetite.items);
  const except = onTheWay.flatMap((item) => ("person" in item ? [item.person.id] : []));
  for (;;) {
    const people = await takePeopleToTell(pool, shop.id, limit, testList, except);
    if (people.length === 0) {
      if (except.length > 0) return [];
      const sent = onTheWay.flatMap((item) => ("entry" in item ? [item.entry.id] : []));
      const due = await takeDue(pool, shop.id, new Date(now), limit, testList, sent);
      return asMuchAsFits(
        due.map((entry) => [itemForEntry(entry, shop)]),
        appetite,
      );
    }
    const { groups, silent } = await composePeople(pool, shop, people, onTheWay, now);
    // Whose addresses all belong to somebody else by now has nothing to take back.
    await markTold(pool, shop.id, silent);
    if (groups.length > 0 || silent.length === 0) return asMuchAsFits(groups, appetite);
  }
}

async function composePeople(
  pool: pg.Pool,
  shop: WorkingShop,
  people: readonly PersonToTell[],
  onTheWay: readonly Item[],
  now: number,
): Promise<{ groups: Item[][]; silent: PersonTold[] }> {
  const ids = people.map((person) => person.id);
  const addresses = people.flatMap(({ address }) => (address === null ? [] : [address]));
  const told = await loadTold(pool, shop.id, ids, addresses);
  const here = new Set(addresses);
  const elsewhere = told.filter((row) => !here.has(row.address)).map((row) => row.address);
  const inUse = await addressesInUse(pool, shop.id, elsewhere);
  for (const address of addresses) inUse.add(address);
  const busy = addressesOf(onTheWay);
  const seconds = Math.floor(now / 1000);
  const byPerson = Map.groupBy(told, (row) => row.personId);
  const byAddress = new Map(told.map((row) => [row.address, row]));
  const thereOf = ({ address }: PersonToTell): ToldRow | undefined =>
    address === null ? undefined : byAddress.get(address);
  // The profile may have been told of somebody else's row before: what changes there counts from that.
  const others = people.flatMap((person) => {
    const there = thereOf(person);
    return there && there.personId !== person.id ? [there.personId] : [];
  });
  const summaries = await loadSummaries(pool, shop.id, others);
  const groups: Item[][] = [];
  const silent: PersonTold[] = [];
  for (const one of people) {
    const own = byPerson.get(one.id) ?? [];
    const there = thereOf(one);
    const person = { ...one, told: summaries.get(there?.personId ?? one.id) ?? one.told };
    const rows: ToldRow[] = there && !own.includes(there) ? [...own, there] : own;
    if (rows.some(({ address }) => busy.has(address)) || busy.has(person.address ?? "")) continue;
    const items = itemsForPerson(person, rows, inUse, shop, seconds);
    const { id, version, stamp } = person;
    if (items.length === 0) silent.push({ id, version, told: null, stamp });
    else groups.push(items);
  }
  return { groups, silent };
}

function addressesOf(items: readonly Item[]): ReadonlySet<string> {
  return new Set(
    items.flatMap((item) => {
      if (item.kind === "identify") return [item.now.address];
      return item.kind === "withdraw" ? [item.before.address] : [];
    }),
  );
}

/** One person's items stay together: what is told here is removed there by the same request. */
function asMuchAsFits(groups: readonly Item[][], appetite: Appetite): Item[] {
  const batch: Item[] = [];
  let bytes = 0;
  let taken = 0;
  for (const group of groups) {
    for (const { operation, unfit } of group) bytes += unfit ? 0 : sizeOf(operation) + 1;
    if (taken > 0 && bytes > BATCH_BYTES_MAX) {
      // A little more than fitted, so that another batch of the same kind is full again.
      appetite.items = Math.ceil((taken + 1) / STEP) * STEP;
      return batch;
    }
    batch.push(...group);
    taken += 1;
  }
  // Everything there was fitted: if that was all we asked for, ask for more.
  appetite.items = Math.min(
    ITEMS_MAX,
    Math.max(appetite.items, Math.ceil((taken + 1) / STEP) * STEP),
  );
  return batch;
}
