/**
 * What Ringtrue's own doors keep in the inbox, in the shape they keep it. The doors have checked the
 * signature, the session or the file; what stands here is what they found, in one form for all.
 */
import { z } from "zod";
import { country, flag, gid, id, instant, prose, text } from "./fields.ts";

const who = { customer: gid, email: text };
export const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, { error: "is no E.164 number" });

export const formBody = z.object({
  ...who,
  id,
  form: z.string().regex(/^[a-z0-9_-]{1,40}$/, { error: "is no name of a form" }),
  at: instant,
  phone: text,
  country,
  ticked: flag,
  disclosure: text,
  page: text,
  ip: text,
  user_agent: prose,
  locale: text,
});

export const importBody = z.object({
  ...who,
  id,
  at: instant,
  phone: text,
  country,
  consented_at: instant,
  consent_source: text,
  wording: text,
});

export const supportBody = z.object({
  ...who,
  id,
  at: instant,
  text: prose,
  phone: text,
  verifies: text,
  bars: text,
  resolves: z.object({ raw: z.string().min(1).max(4_000), e164 }).nullish(),
});

export const preferenceBody = z.object({
  ...who,
  at: instant,
  channel: z.enum(["sms", "everything"]),
  subscribed: z.boolean(),
});

export const textBody = z.object({ id, at: instant, number: e164, text: z.string().max(8_000) });

export const reportBody = z.object({
  at: instant,
  number: e164,
  what: z.enum(["landline", "dead", "unreached", "reassigned", "carrier_stop"]),
  /** The carrier's code, the sender's name or who says so. */
  by: text,
});
