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
import { namesNothing, reader, toldOfNumber, toldOfText } from "./reader.ts";
import type { Reader, TextSent, Understood } from "./reader.ts";
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
    delivery_id: id,
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

type SmsReport = z.output<typeof smsBody>;

const sent = reader(smsBody, ({ data }) => {
  const known = textSent(data);
  return sentOr(known, "a report that names no text or no number");
});

function sentOr(known: TextSent[], why: string): Understood {
  return known.length > 0 ? { kind: "told", told: [], sent: known } : nothing(why);
}

/** A delivery goes to one number, which not every report of it names. */
function textSent({ delivery_id: reference, recipient }: SmsReport["data"]): TextSent[] {
  const number = e164.safeParse(recipient);
  return reference !== null && number.success ? [{ reference, number: number.data }] : [];
}

const replied = reader(smsBody, ({ data, event_id, timestamp: at }, envelope) => {
  const known = textSent(data);
  const words = data.body ?? data.content ?? data.text ?? data.message;
  const textId = data.inbound_event_id ?? event_id;
  // A delivery's recipient is the shopper, also where they write back; `to` is then the sender.
  const number = e164.safeParse(data.from ?? data.recipient);
  if (words === null || textId === null || !number.success) {
    return sentOr(known, "a reply without words");
  }
  const meaning = meaningOf(words);
  const other = otherWords(words, meaning);
  const says = { kind: "text", text: textId, meaning, way: "report", ...other } as const;
  return { ...toldOfNumber({ number: number.data, at }, says, envelope), sent: known };
});

/** Some failures name no recipient; it is then the one to whom their text is known to have gone. */
const failed = reader(smsBody, ({ data, event_id, timestamp }, envelope) => {
  const { delivery_id: reference, recipient, failure_message: message } = data;
  const known = textSent(data);
  const text = reference ?? event_id;
  const says = message && sayingOfFailure(message, { sender: null, text });
  if (!says) return sentOr(known, "the failure says nothing about a number");
  // Without a name and a time the report of another day would be this one again.
  const at = text === null ? (timestamp ?? envelope.receivedAt) : timestamp;
  if (recipient !== null) {
    const number = e164.safeParse(recipient);
    if (!number.success) return nothing("the text went to no phone number");
    return { ...toldOfNumber({ number: number.data, at }, says, envelope), sent: known };
  }
  if (reference === null) return nothing("the failure names neither a number nor a text");
  return { kind: "told", told: [], ofTexts: [toldOfText(reference, at, says, envelope)] };
});

const reports: ReadonlyMap<string, Reader> = new Map([
  ["customer unsubscribed", unsubscribed],
  ["customer subscribed", subscribed],
  ["customer cio_subscription_preferences_changed", preferencesChanged],
  ["sms sent", sent],
  ["sms delivered", sent],
  ["sms clicked", sent],
  ["sms converted", sent],
  ["sms replied", replied],
  ["sms attempted", failed],
  ["sms bounced", failed],
  ["sms dropped", failed],
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
    way: "campaign",
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
