/**
 * An entry of a sender's opt-out list in the workspace, as the chore that looks there keeps it.
 *
 * The law (SEMANTICS §9): it is the shopper's stop, and the sender's carrier blocks from then on. The
 * list names the profile and never the number that wrote, so the stop is the person's, for all of
 * their numbers; and blocked is every number the profile or Ringtrue had for them when it was first
 * seen. WhatsApp has a list of its own, which says nothing about texts.
 */
import { z } from "zod";
import { readEmail } from "../identity.ts";
import { gid, instant, text } from "./fields.ts";
import { e164 } from "./own-schemas.ts";
import { preferenceTold } from "./preference.ts";
import { namesNothing, reader, toldOfNumber } from "./reader.ts";

const optOutBody = z.object({
  customer: gid,
  email: text,
  /** What was known of the person when the entry was first seen. */
  numbers: z.array(e164).max(10),
  sender: text,
  channel: text,
  at: instant,
});

export const customerioOptOut = reader(optOutBody, (body, envelope) => {
  const { customer, numbers, sender, at } = body;
  if (body.channel !== null && body.channel !== "sms")
    return { kind: "nothing", why: "an opt-out of another channel" };
  const email = customer === null ? readEmail(body.email) : null;
  const isNamed = customer !== null || email !== null;
  if (!isNamed && numbers.length === 0) return namesNothing("nobody and no number");
  const ofNumbers = numbers.flatMap((number) => {
    const told = toldOfNumber({ number, at }, { kind: "carrier_stop", sender }, envelope);
    return told.kind === "told" ? (told.ofNumbers ?? []) : [];
  });
  if (!isNamed) return { kind: "told", told: [], ofNumbers };
  const choice = { channel: "sms", subscribed: false, at } as const;
  const ofPerson = preferenceTold({ customer, email }, choice, envelope);
  return ofPerson.kind === "told" ? { ...ofPerson, ofNumbers } : ofPerson;
});
