/**
 * From what our own doors kept to what it says. A grant without a time of its own counts from its
 * receipt; a stop from the moment its sender states, never later than its receipt.
 */
import type { z } from "zod";
import type { Evidence } from "../heard.ts";
import { formKey, importKey, readEmail, supportKey, whoIsNamed } from "../identity.ts";
import type { NumberSaying } from "../numbers/said.ts";
import { meaningOf, otherWords } from "../texts/meaning.ts";
import type { OwnTopic } from "../topics.ts";
import * as schemas from "./own-schemas.ts";
import { customerioReply, customerioReport } from "./customerio.ts";
import { customerioOptOut } from "./opt-out.ts";
import { preferenceTold, type Who } from "./preference.ts";
import { namesNothing, reader, told, toldOfNumber } from "./reader.ts";
import type { Reader } from "./reader.ts";
import { twilioMessage } from "./twilio.ts";

export const ownReaders: Record<OwnTopic, Reader> = {
  "form/entry": reader(schemas.formBody, (body, envelope) => {
    const who = whoOf(body);
    if (!body.id) return namesNothing("no id of the entry");
    if (!body.phone && !whoIsNamed(who)) return namesNothing("nobody and no number");
    const { form, phone, country, ticked, disclosure } = body;
    const entry = `${form}:${body.id}`;
    const said = { entry, form, phone, country, ticked, disclosure };
    const says = { kind: "form", ...said, ...who, evidence: evidenceOf(body) } as const;
    return told(
      [{ document: formKey(entry), at: body.at, says, countsFromReceipt: true }],
      envelope,
    );
  }),
  "import/row": reader(schemas.importBody, (body, envelope) => {
    const who = whoOf(body);
    if (!body.id) return namesNothing("no id of the row");
    if (!whoIsNamed(who)) return namesNothing("a row without a customer or an email is nobody's");
    const says = {
      kind: "import",
      row: body.id,
      ...who,
      phone: body.phone,
      country: body.country,
      consentedAt: body.consented_at,
      consentSource: body.consent_source,
      wording: body.wording,
    } as const;
    const document = importKey(body.id);
    return told([{ document, at: body.at, says, countsFromReceipt: true }], envelope);
  }),
  "support/note": reader(schemas.supportBody, (body, envelope) => {
    const who = whoOf(body);
    if (!body.id) return namesNothing("no id of the note");
    if (!whoIsNamed(who)) return namesNothing("a note is about a customer or an email");
    if (!body.text) return namesNothing("a note that says nothing");
    const { text, phone, verifies, bars } = body;
    const settled = { phone, verifies, bars, resolves: body.resolves ?? null };
    const says = { kind: "support", note: body.id, ...who, text, ...settled } as const;
    const document = supportKey(body.id);
    return told([{ document, at: body.at, says, countsFromReceipt: true }], envelope);
  }),
  "preference/change": reader(schemas.preferenceBody, (body, envelope) => {
    const who = whoOf(body);
    return preferenceTold(who, body, envelope);
  }),
  "text/inbound": reader(schemas.textBody, (body, envelope) => {
    if (!body.id) return namesNothing("no id of the text");
    const meaning = meaningOf(body.text);
    const words = otherWords(body.text, meaning);
    const says = { kind: "text", text: body.id, meaning, ...words } as const;
    return toldOfNumber(body, says, envelope);
  }),
  "number/report": reader(schemas.reportBody, (body, envelope) =>
    toldOfNumber(body, reportOf(body), envelope),
  ),
  "twilio/message": twilioMessage,
  "twilio/status": twilioMessage,
  "customerio/consent": customerioReport,
  "customerio/report": customerioReport,
  "customerio/reply": customerioReply,
  "customerio/opt-out": customerioOptOut,
};

/** What is typed beside a customer's own id says nothing about who that is. */
function whoOf(body: { customer: string | null; email: string | null }): Who {
  const email = body.customer === null ? readEmail(body.email) : null;
  return { customer: body.customer, email };
}

function evidenceOf(body: z.output<typeof schemas.formBody>): Evidence {
  return { page: body.page, ip: body.ip, userAgent: body.user_agent, locale: body.locale };
}

function reportOf({ what, by }: z.output<typeof schemas.reportBody>): NumberSaying {
  switch (what) {
    case "landline":
    case "dead":
    case "unreached":
      return { kind: what, code: by };
    case "reassigned":
      return { kind: what, by: by ?? "unknown" };
    case "carrier_stop":
      return { kind: what, sender: by };
  }
}
