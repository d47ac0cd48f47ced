// The inbox's way in: a message and its place in the work list are written by one statement, so
// there is never one without the other, and a repeat (same shop, topic and webhook id) writes
// neither. This is the statement every webhook waits for. It has connections of its own, because
// a flush must never wait for somebody else's query, and it never takes long: a connection that
// does not answer in time is given up, and what it was doing counts as not done.

import type pg from "pg";

import { urgentTopics, type OwnTopic, type Topic } from "../core/topics.ts";
import { createKeptConnection } from "./kept-connection.ts";

export type InboxRow = {
  shop: string;
  topic: Topic | OwnTopic;
  webhookId: string;
  eventId: string | null;
  apiVersion: string | null;
  triggeredAt: string | null;
  body: Buffer;
};

/** A message too large to keep: all of it that is kept is its beginning, as a dead letter. */
export type InboxStub = {
  row: Omit<InboxRow, "body">;
  /** Bytes of the body as received. */
  size: number;
  /** The first bytes of the body. */
  head: Buffer;
};

export type Inbox = {
  /**
   * Stores all rows in one durable transaction and answers how many were new. A power of two of
   * rows reuses a prepared statement. Rejects when none was stored or when nobody can know.
   */
  keep(rows: readonly InboxRow[]): Promise<number>;
  /** Stores the stub of a message; answers 1, or 0 when it was there before. Rejects like `keep`. */
  keepStub(stub: InboxStub): Promise<number>;
  close(): Promise<void>;
};

const CONNECT_TIMEOUT_MS = 1_000;
const QUERY_TIMEOUT_MS = 3_000;
const COLUMNS = 7;

/** Opens the inbox; connects when the first message comes. */
export function openInbox({ url }: { url: string }): Inbox {
  const settings: pg.ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    application_name: "ringtrue-inbox",
    // Acknowledged means durable, whatever the server's default; and one plan per statement.
    options: "-c synchronous_commit=on -c plan_cache_mode=force_generic_plan",
  };
  const rowsWay = createKeptConnection(settings);
  const stubsWay = createKeptConnection(settings);
  return {
    keep: async (rows) => (await rowsWay.query(insertion(rows))).rowCount ?? 0,
    keepStub: async (stub) => (await stubsWay.query(stubInsertion(stub))).rowCount ?? 0,
    async close() {
      await Promise.all([rowsWay.close(), stubsWay.close()]);
    },
  };
}

/** One statement that stores messages and their places in the work list; repeats write neither. */
export function insertion(rows: readonly InboxRow[]): pg.QueryConfig {
  const values: unknown[] = [];
  for (const row of sortByKey(rows)) {
    values.push(
      row.shop,
      row.topic,
      row.webhookId,
      row.eventId,
      row.apiVersion,
      row.triggeredAt,
      row.body,
    );
  }
  return { name: `inbox-${rows.length}`, text: insertStatement(rows.length), values };
}

// Two processes that store the same keys in different orders would wait for each other for ever.
function sortByKey(rows: readonly InboxRow[]): readonly InboxRow[] {
  return rows.length === 1 ? rows : rows.toSorted(compareKeys);
}

function compareKeys(a: InboxRow, b: InboxRow): number {
  if (a.shop !== b.shop) return a.shop < b.shop ? -1 : 1;
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  if (a.webhookId !== b.webhookId) return a.webhookId < b.webhookId ? -1 : 1;
  return 0;
}

const statements = new Map<number, string>();

function insertStatement(count: number): string {
  const known = statements.get(count);
  if (known !== undefined) return known;
  const urgent = urgentTopics().map((topic) => `'${topic}'`);
  const statement = `
    WITH kept AS (
      INSERT INTO message (shop, topic, webhook_id, event_id, api_version, triggered_at, body)
      VALUES ${placeholders(count)}
      ON CONFLICT (shop, topic, webhook_id) DO NOTHING
      RETURNING shop, id, topic, octet_length(body) AS size
    )
    INSERT INTO pending (shop, lane, id, size)
    SELECT shop, CASE WHEN topic IN (${urgent.join(", ")}) THEN 0 ELSE 1 END, id, size FROM kept`;
  statements.set(count, statement);
  return statement;
}

function placeholders(count: number): string {
  return Array.from({ length: count }, (_, row) => {
    const numbers = Array.from(
      { length: COLUMNS },
      (__, column) => `$${row * COLUMNS + column + 1}`,
    );
    return `(${numbers.join(", ")})`;
  }).join(", ");
}

// The message row of a stub has no body and nothing pending: it is there so that a repeat is known
// for one, and so that the ledger counts it. What is left of the body lies in the dead letter.
function stubInsertion({ row, size, head }: InboxStub): pg.QueryConfig {
  const detail = JSON.stringify({
    size,
    webhookId: row.webhookId,
    eventId: row.eventId,
    apiVersion: row.apiVersion,
    triggeredAt: row.triggeredAt,
  });
  return {
    name: "inbox-stub",
    text: `
      WITH kept AS (
        INSERT INTO message (shop, topic, webhook_id, event_id, api_version, triggered_at, body)
        VALUES ($1, $2, $3, $4, $5, $6, '')
        ON CONFLICT (shop, topic, webhook_id) DO NOTHING
        RETURNING shop, id, topic
      )
      INSERT INTO dead_letter (shop, kind, reference, topic, reason, detail, content)
      SELECT shop, 'inbox', id::text, topic, 'too_large', $7, $8 FROM kept`,
    values: [
      row.shop,
      row.topic,
      row.webhookId,
      row.eventId,
      row.apiVersion,
      row.triggeredAt,
      detail,
      head,
    ],
  };
}
