/**
 * Messages of Ringtrue's own: what it reads elsewhere comes in like everything that is sent to it,
 * so that there is one way from what was heard to what is decided. A name made from the content
 * makes a repeat the same message.
 */
import type { OwnTopic, Topic } from "#app/core/topics.ts";
import { insertion } from "./inbox.ts";
import type { Queryable } from "./queryable.ts";

export type OwnMessage = {
  topic: OwnTopic | Extract<Topic, "customers_marketing_consent/update">;
  /** Its name among those of its topic. */
  id: string;
  body: object;
};

const AT_ONCE = 500;

/** Keeps them in the inbox; answers how many were new. */
export async function keepOwnMessages(
  client: Queryable,
  shop: string,
  messages: readonly OwnMessage[],
): Promise<number> {
  let kept = 0;
  for (let from = 0; from < messages.length; from += AT_ONCE) {
    const rows = messages.slice(from, from + AT_ONCE).map(({ topic, id, body }) => ({
      shop,
      topic,
      webhookId: id,
      eventId: null,
      apiVersion: null,
      triggeredAt: null,
      body: Buffer.from(JSON.stringify(body)),
    }));
    // Without a name: each number of rows is another statement, and few come twice.
    const { text, values } = insertion(rows);
    const { rowCount } = await client.query({ text, values: values ?? [] });
    kept += rowCount ?? 0;
  }
  return kept;
}
