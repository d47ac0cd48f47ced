/**
 * What Twilio tells of texts: one that came in, and what became of one that went out. Neither has a
 * time in its body, so both count from their receipt. WhatsApp and RCS say nothing about SMS.
 */
import { z } from "zod";
import { meaningOf, otherWords, type TextMeaning } from "../texts/meaning.ts";
import { sayingOfCode } from "./carrier-codes.ts";
import { id, text } from "./fields.ts";
import { e164 } from "./own-schemas.ts";
import { namesNothing, reader, toldOfNumber } from "./reader.ts";
import type { Envelope, Understood } from "./reader.ts";

const messageBody = z.object({
  MessageSid: id,
  MessageStatus: text,
  SmsStatus: text,
  ErrorCode: text,
  MessagingServiceSid: text,
  From: text,
  To: text,
  Body: z.string().max(8_000).optional(),
  OptOutType: text,
});

type Message = z.output<typeof messageBody>;

export const twilioMessage = reader(messageBody, (body, envelope) => {
  if (!body.MessageSid) return namesNothing("no MessageSid");
  const status = body.MessageStatus ?? body.SmsStatus;
  return isTextReceived(status, body.Body !== undefined)
    ? textTold(body, body.MessageSid, envelope)
    : statusTold(body, body.MessageSid, envelope);
});

/** A text that came in, unlike the status of one that went out. */
export function isTextReceived(status: string | null, hasWords: boolean): boolean {
  return status === null ? hasWords : status.startsWith("receiv");
}

function textTold(body: Message, sid: string, envelope: Envelope): Understood {
  if (!body.From) return namesNothing("no From");
  const number = e164.safeParse(body.From);
  if (!number.success) return { kind: "nothing", why: "the text is from no phone number" };
  const meaning = meaningTogether(meaningOf(body.Body ?? ""), body.OptOutType);
  const hasBlocked = body.OptOutType?.toUpperCase() === "STOP";
  const words = hasBlocked ? {} : otherWords(body.Body ?? "", meaning);
  return toldOfNumber(
    { number: number.data, at: null },
    { kind: "text", text: sid, meaning, way: "twilio", ...words },
    envelope,
  );
}

/**
 * What Twilio took a text for counts before what we would take it for: its keywords are the account's
 * own. Three things stay. A no is a no in any company. "Wrong number" says more than STOP. And YES,
 * which Twilio takes for START, answers an open confirmation and restores nothing.
 */
function meaningTogether(words: TextMeaning, optOutType: string | null): TextMeaning {
  const isNo = words === "stop" || words === "wrong_number";
  switch (optOutType?.toUpperCase()) {
    case "STOP":
      return words === "wrong_number" ? words : "stop";
    case "START":
      return isNo || words === "yes" ? words : "start";
    case "HELP":
      return isNo ? words : "help";
    default:
      return words;
  }
}

/** Twilio says of no status when it came to be: told again it is the same one, from its first receipt. */
function statusTold(body: Message, sid: string, envelope: Envelope): Understood {
  const sender = body.MessagingServiceSid ?? body.From;
  const says = body.ErrorCode && sayingOfCode(body.ErrorCode, { sender, text: sid });
  if (!says) return { kind: "nothing", why: "the status says nothing about the number" };
  if (!body.To) return namesNothing("no To");
  const number = e164.safeParse(body.To);
  if (!number.success) return { kind: "nothing", why: "the message went to no phone number" };
  return toldOfNumber({ number: number.data, at: null }, says, envelope);
}
