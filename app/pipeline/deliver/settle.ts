/**
 * Settles what Customer.io answered, in one transaction: what was taken is told, what it refuses for
 * good is a dead letter, and what the telling changed calls for its events.
 */
import type pg from "pg";
import type { ItemRefused } from "#app/customerio/answer.ts";
import { bury } from "#app/db/dead-letters.ts";
import type { DeadLetter } from "#app/db/dead-letters.ts";
import type { DeliveryEntry } from "#app/db/delivery-state.ts";
import { countDelivered, logDeliveries } from "#app/db/delivery-state.ts";
import { inTurn } from "#app/db/in-turn.ts";
import { isLockConflict } from "#app/db/faults.ts";
import { countDay } from "#app/db/shop-days.ts";
import type { NewOutboxItem } from "#app/db/outbox.ts";
import { addToOutbox, settleOutbox } from "#app/db/outbox.ts";
import type { PersonTold, ToldRow } from "#app/db/tellings.ts";
import { forgetTold, markTold, saveTold } from "#app/db/tellings.ts";
import { BEGIN_WORK } from "#app/db/work-transaction.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { ulidOf } from "../ulid.ts";
import type { Item } from "./compose.ts";
import { foretold, takeBack } from "./foretell.ts";
import { noteOf } from "./note-of.ts";
import { toldCounts } from "./told-counts.ts";
import { transitionsOf } from "./transitions.ts";

/** A merge waits until what preceded it has surely been worked in (research/pipeline.md B6). */
const MERGE_BARRIER_MS = 60_000;

/**
 * A merge and this touch the same persons, each in its own order. This one gives way soon and begins
 * anew; left to the database, a deadlock would last a second and might end the merge.
 */
const BEGIN_GIVING_WAY = `${BEGIN_WORK}; SET LOCAL lock_timeout = '100ms'`;
const ATTEMPTS = 50;

/** `refused` names items by their index; everything else was taken. */
export async function settle(
  pool: pg.Pool,
  shop: WorkingShop,
  items: readonly Item[],
  refused: readonly ItemRefused[],
  status: number,
  now: number,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await settleOnce(pool, shop, items, refused, status, now);
    } catch (fault) {
      if (!isLockConflict(fault) || attempt === ATTEMPTS) throw fault;
    }
  }
}

async function settleOnce(
  pool: pg.Pool,
  shop: WorkingShop,
  items: readonly Item[],
  refused: readonly ItemRefused[],
  status: number,
  now: number,
): Promise<void> {
  const refusedAt = new Map(refused.map((one) => [one.index, one]));
  const taken = items.filter((_, index) => !refusedAt.has(index));
  const lost = items.flatMap((item, index) => {
    const why = refusedAt.get(index);
    return why ? [{ item, why }] : [];
  });
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query(BEGIN_GIVING_WAY);
    await inTurn(client, async (turns) => {
      await markTold(turns, shop.id, peopleTold(items, new Set(lost.map(({ item }) => item))));
      await forgetTold(turns, shop.id, withdrawnFrom(taken));
      await saveTold(turns, shop.id, toldRows(taken));
      await takeBack(
        turns,
        shop,
        lost.map(({ item }) => item),
      );
      await settleOutbox(turns, shop.id, entryIds(taken), "told");
      await settleOutbox(turns, shop.id, entryIds(lost.map(({ item }) => item)), "dead");
      await bury(
        turns,
        shop.domain,
        lost.map(({ item, why }) => letterOf(item, why)),
      );
      addToOutbox(turns, shop.id, [...followUps(taken, shop, now)], "pending");
      logDeliveries(turns, shop.id, [
        ...taken.map((item) => entryOf(item, status, "accepted", noteOf(item, now))),
        ...lost.map(({ item, why }) =>
          entryOf(item, status, "refused", `${why.reason} ${why.field}`),
        ),
      ]);
      countDelivered(turns, shop.id, taken.length);
      await countDay(turns, shop.id, now, toldCounts(taken));
    });
    await client.query("COMMIT");
    broken = false;
  } catch (fault) {
    if (isLockConflict(fault)) {
      await client.query("ROLLBACK");
      broken = false;
    }
    throw fault;
  } finally {
    client.release(broken);
  }
}

/** Also a refused version is done with: it would be refused again, and the next one is tried anew. */
function peopleTold(items: readonly Item[], refused: ReadonlySet<Item>): PersonTold[] {
  const told = new Map<number, PersonTold>();
  for (const item of items) {
    if ("entry" in item) continue;
    const { id, version } = item.person;
    if (item.kind === "identify") {
      told.set(id, { id, version, told: item.summary, stamp: item.now.stamp });
    } else if (item.person.address === null) {
      // What could not be taken back is still there, and its dead letter can be replayed.
      const left = refused.has(item) ? item.person.told : null;
      told.set(id, { id, version, told: left, stamp: item.operation.timestamp });
    }
  }
  return [...told.values()];
}

function withdrawnFrom(items: readonly Item[]): Pick<ToldRow, "address" | "stamp">[] {
  return items.flatMap((item) =>
    item.kind === "withdraw"
      ? [{ address: item.before.address, stamp: item.operation.timestamp }]
      : [],
  );
}

/** What was foretold stands already, but for the names that were to be removed and now are. */
function toldRows(items: readonly Item[]): ToldRow[] {
  return items.flatMap((item) =>
    item.kind === "identify" && foretold(item).names.length > item.now.names.length
      ? [item.now]
      : [],
  );
}

function entryIds(items: readonly Item[]): number[] {
  return items.flatMap((item) => ("entry" in item ? [item.entry.id] : []));
}

function* followUps(
  items: readonly Item[],
  shop: WorkingShop,
  now: number,
): Generator<NewOutboxItem> {
  for (const item of items) {
    if (item.kind === "identify") yield* transitionsOf(item.person, item.summary, shop);
    if (item.kind === "withdraw") yield* mergeAfter(item, shop, now);
  }
}

/** A profile that Ringtrue made under a customer's id becomes the one told under the email. */
function* mergeAfter(
  { before, person }: Extract<Item, { kind: "withdraw" }>,
  shop: WorkingShop,
  now: number,
): Generator<NewOutboxItem> {
  const into = person.address;
  if (!before.address.startsWith("id:") || !into?.startsWith("email:")) return;
  yield {
    eventId: ulidOf(now, shop.domain, "merge", before.address, into),
    kind: "merge",
    name: "merge",
    personId: person.id,
    resource: before.address,
    at: now,
    dueAt: now + MERGE_BARRIER_MS,
    body: {},
  };
}

function entryOf(
  item: Item,
  status: number,
  outcome: DeliveryEntry["outcome"],
  detail: string,
): DeliveryEntry {
  const { kind } = item;
  if ("entry" in item) {
    const { personId, eventId } = item.entry;
    return { kind, personId, reference: eventId, status, outcome, detail };
  }
  const { id, version } = item.person;
  return { kind, personId: id, reference: String(version), status, outcome, detail };
}

/** What we know better than "refused". */
const OWN_REASONS: ReadonlySet<string> = new Set(["too_large", "identifier_too_long"]);

function letterOf(item: Item, why: ItemRefused): DeadLetter {
  const detail = `${why.reason} ${why.field}`.trim();
  const reason = OWN_REASONS.has(why.reason) ? why.reason : "refused";
  if ("entry" in item) {
    return {
      kind: "outbox",
      reference: `item:${item.entry.id}`,
      topic: item.entry.name,
      reason,
      detail,
    };
  }
  const reference = `person:${item.person.id}:${item.person.version}`;
  return { kind: "outbox", reference, topic: item.kind, reason, detail };
}
