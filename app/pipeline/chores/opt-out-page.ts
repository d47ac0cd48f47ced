/**
 * One page of the senders' opt-out lists: what is new on it becomes messages, and all of it is noted
 * as being there. Messages and note are kept by one transaction for a few entries at a time, so that
 * a killed worker neither loses an entry nor hears it twice.
 */
import type pg from "pg";
import type { AppApi, PersonOptOuts } from "#app/customerio/app-api.ts";
import { entriesNotSeen, noteEntries } from "#app/db/opt-outs-seen.ts";
import { digestOf } from "#app/db/ledger.ts";
import { keepOwnMessages, type OwnMessage } from "#app/db/own-messages.ts";
import { writtenByUs } from "#app/db/who-opted-out.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Trouble } from "./app-trouble.ts";
import { whoOptedOut, type WhoOptedOut } from "./who-opted-out.ts";

/** A round of looking at all pages. */
export type Round = {
  /** When it began, in milliseconds: the time of everything it sees for the first time. */
  at: number;
  /** When the last one began that came to its end; null for the first. */
  before: number | null;
};

export type PageRead = {
  kept: number;
  /** Entries of profiles without email, customer id or number. */
  nobodys: number;
  /** All of it is done; false when there was no time left. */
  isDone: boolean;
};

/** So many are looked up at once: half of what the App API takes in a second. */
const AT_ONCE = 5;

type Entry = { digest: string; sender: string; person: PersonOptOuts };

export async function keepOptOutPage(
  { pool, api }: { pool: pg.Pool; api: AppApi },
  shop: WorkingShop,
  people: readonly PersonOptOuts[],
  round: Round,
  isOver: () => boolean,
): Promise<PageRead | Trouble> {
  const entries = people.flatMap((person) => entriesOf(shop, person));
  const digests = entries.map(({ digest }) => digest);
  const unseen = await entriesNotSeen(pool, shop.id, digests);
  const read: PageRead = { kept: 0, nobodys: 0, isDone: true };
  const news = people.filter((person) =>
    entriesOf(shop, person).some(({ digest }) => unseen.has(digest)),
  );
  for (let from = 0; from < news.length; from += AT_ONCE) {
    if (isOver()) return { ...read, isDone: false };
    const some = news.slice(from, from + AT_ONCE);
    const who = await whoOptedOut({ pool, api }, shop, some);
    if (!Array.isArray(who)) return who;
    const fresh = some.flatMap((person) => entriesOf(shop, person)).filter(isUnseen(unseen));
    const messages = await messagesOf(pool, shop, fresh, some, who, round);
    read.nobodys += who.filter((one) => one === null).length;
    read.kept += await keepTogether(pool, shop, fresh, messages, round);
  }
  const known = digests.filter((digest) => !unseen.has(digest));
  await noteEntries(pool, shop.id, known, new Date(round.at));
  return read;
}

function isUnseen(unseen: ReadonlySet<string>): (entry: Entry) => boolean {
  return ({ digest }) => unseen.has(digest);
}

function entriesOf({ salt }: WorkingShop, person: PersonOptOuts): Entry[] {
  const name = person.cioId ?? `id:${person.customerId}`;
  return person.optOuts
    .filter(({ channel }) => channel === "sms")
    .map(({ from }) => ({
      digest: digestOf(salt, `opt-out ${name} ${from}`),
      sender: from,
      person,
    }));
}

/** What Ringtrue wrote there itself since it last looked is no news, nor is what is nobody's. */
async function messagesOf(
  pool: pg.Pool,
  shop: WorkingShop,
  fresh: readonly Entry[],
  some: readonly PersonOptOuts[],
  who: readonly (WhoOptedOut | null)[],
  round: Round,
): Promise<OwnMessage[]> {
  const ids = who.flatMap((one) => one?.personId ?? []);
  const ours = await writtenByUs(pool, shop.id, ids, new Date(round.before ?? 0));
  return fresh.flatMap(({ digest, sender, person }) => {
    const one = who[some.indexOf(person)];
    if (!one || (one.personId !== null && ours.has(one.personId))) return [];
    const { customer, email, numbers } = one;
    const at = new Date(round.at).toISOString();
    const body = { customer, email, numbers, sender, channel: "sms", at };
    return [{ topic: "customerio/opt-out" as const, id: `${digest} ${round.at}`, body }];
  });
}

async function keepTogether(
  pool: pg.Pool,
  shop: WorkingShop,
  fresh: readonly Entry[],
  messages: readonly OwnMessage[],
  round: Round,
): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const kept = await keepOwnMessages(client, shop.domain, messages);
    const digests = fresh.map(({ digest }) => digest);
    await noteEntries(client, shop.id, digests, new Date(round.at));
    await client.query("COMMIT");
    return kept;
  } catch (fault) {
    await client.query("ROLLBACK");
    throw fault;
  } finally {
    client.release();
  }
}
