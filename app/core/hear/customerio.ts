/**
 * What Customer.io tells: its reports of deliveries and preferences, and replies that a campaign
 * hands on. Reports come in more kinds than we know, and most say nothing about numbers or consent;
 * whatever isn't known here says nothing.
 */
import { z } from "zod";
import { readEmail } from "../identity.ts";
import { meaningOf, otherWords } from "../texts/meaning.ts";
import { sayingOfFailure } from "./carrier-codes.ts";
import { id, object, text, unixSeconds } from "./fields.ts";
import { e164 } from "./own-schemas.ts";
import { preferenceTold, type Who } from "./preference.ts";
import { namesNothing, reader, toldOfNumber } from "./reader.ts";
import type { Reader, Understood } from "./reader.ts";
import { smsChoiceOf } from "./subscription-choices.ts";

export const customerioReport: Reader = (body, envelope) => {
  const kind = kindBody.safeParse(body);
  if (!kind.success) return nothing("a report of a kind that is not known");
  const { metric, object_type, object_type_type } = kind.data;
  const readBy = reports.get(`${object_type ?? object_type_type} ${metric}`);
  return readBy
    ? readBy(body, envelope)
    : nothing("a report that says nothing of number or consent");
};

/** The specification writes `object_type_type` for one of the reports. */
const kindBody = z.object({
  metric: z.string(),
  object_type: z.string().optional(),
  object_type_type: z.string().optional(),
});

const identifiers = object({ id: text, email: text });

const customerBody = z.object({
  timestamp: unixSeconds,
  data: z.object({ identifiers, email_address: text, content: z.unknown().optional() }),
});

const smsBody = z.object({
  event_id: id,
  timestamp: unixSeconds,
  data: z.object({
    recipient: text,
    from: text,
    inbound_event_id: id,
    failure_message: text,
    body: text,
    content: text,
    text,
    message: text,
  }),
});

const unsubscribed = reader(customerBody, ({ data, timestamp: at }, envelope) =>
  preferenceTold(whoOf(data), { channel: "everything", subscribed: false, at }, envelope),
);

const subscribed = reader(customerBody, ({ data, timestamp: at }, envelope) =>
  preferenceTold(whoOf(data), { channel: "everything", subscribed: true, at }, envelope),
);

const preferencesChanged = reader(customerBody, ({ data, timestamp: at }, envelope) => {
  const chosen = smsChoiceOf(data.content);
  if (chosen === null) return nothing("the preferences say nothing certain about SMS");
  return preferenceTold(whoOf(data), { channel: "sms", subscribed: chosen, at }, envelope);
});

const replied = reader(smsBody, ({ data, event_id, timestamp: at }, envelope) => {
  const words = data.body ?? data.content ?? data.text ?? data.message;
  const textId = data.inbound_event_id ?? event_id;
  // A delivery's recipient is the shopper, also where they write back; `to` is then the sender.
  const number = e164.safeParse(data.from ?? data.recipient);
  if (words === null || textId === null || !number.success) return nothing("a reply without words");
  const meaning = meaningOf(words);
  const says = { kind: "text", text: textId, meaning, ...otherWords(words, meaning) } as const;
  return toldOfNumber({ number: number.data, at }, says, envelope);
});

const failed = reader(smsBody, ({ data, timestamp }, envelope) => {
  const number = e164.safeParse(data.recipient);
  const says = data.failure_message && sayingOfFailure(data.failure_message, null);
  if (!says || !number.success) return nothing("the failure says nothing about a number");
  // With a time in any case, or the report of another day would be this one again.
  return toldOfNumber(
    { number: number.data, at: timestamp ?? envelope.receivedAt },
    says,
    envelope,
  );
});

const reports: ReadonlyMap<string, Reader> = new Map([
  ["customer unsubscribed", unsubscribed],
  ["customer subscribed", subscribed],
  ["customer cio_subscription_preferences_changed", preferencesChanged],
  ["sms replied", replied],
  ["sms bounced", failed],
  ["sms failed", failed],
  ["sms undeliverable", failed],
]);

const replyBody = z.object({
  id: text,
  timestamp: unixSeconds,
  from: text,
  phone: text,
  body: text,
  text,
  message: text,
});

/**
 * A reply in the words of a merchant's own template. Without an id two replies of the same words are
 * two by the time they were sent, because the second STOP of somebody is as good as the first.
 */
export const customerioReply = reader(replyBody, (reply, envelope) => {
  const said = e164.safeParse(written(reply.from) ?? written(reply.phone));
  if (!said.success) return namesNothing("no phone number in from or phone");
  const words = reply.body ?? reply.text ?? reply.message;
  if (words === null) return namesNothing("no words in body, text or message");
  const sentAt = envelope.triggeredAt ?? envelope.receivedAt;
  const meaning = meaningOf(words);
  const says = {
    kind: "text",
    text: written(reply.id) ?? `sent:${sentAt}`,
    meaning,
    ...otherWords(words, meaning),
  } as const;
  return toldOfNumber({ number: said.data, at: reply.timestamp }, says, envelope);
});

/** A template writes "null" for what isn't there. */
function written(value: string | null): string | null {
  return value === "null" ? null : value;
}

/** The email first, because that is what Ringtrue addresses people by; a numeric id is Shopify's. */
function whoOf({ identifiers: named, email_address }: z.output<typeof customerBody>["data"]): Who {
  const email = readEmail(named?.email ?? email_address);
  const numeric = named?.id && /^\d{1,20}$/.test(named.id) ? named.id : null;
  return { customer: email === null ? numeric : null, email };
}

function nothing(why: string): Understood {
  return { kind: "nothing", why };
}
