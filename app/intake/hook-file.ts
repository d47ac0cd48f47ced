// Under which topic and name a hook is filed. Senders name their messages, so a signed body is looked
// into for the name, by which it is known when it comes again; one without is known by its digest.
// The topic decides what overtakes: whatever may end a consent must not wait behind the reports of a
// campaign's hundred thousand texts.

import { hash } from "node:crypto";

import { sayingOfCode, sayingOfFailure } from "../core/hear/carrier-codes.ts";
import { readBody } from "../core/hear/json.ts";
import { isTextReceived } from "../core/hear/twilio.ts";
import type { NumberSaying } from "../core/numbers/said.ts";
import type { OwnTopic } from "../core/topics.ts";
import type { HookKind } from "./hook-entrance.ts";

export type HookFile = { topic: OwnTopic; webhookId: string };

type Fields = Readonly<Record<string, unknown>>;

const NAME = /^[\w:.-]{1,120}$/;
const NO_FIELDS: Fields = {};

/**
 * Never throws, whatever the body is.
 * @param signedAt when the sender signed it; null where the signature has no time
 */
export function fileHook(kind: HookKind, body: Buffer, signedAt: number | null): HookFile {
  const text = body.toString("utf8");
  switch (kind) {
    case "twilio":
      return fileOfTwilio(new URLSearchParams(text), body);
    case "report": {
      const fields = fieldsOf(text);
      const topic = mayEndConsent(fields) ? "customerio/consent" : "customerio/report";
      return { topic, webhookId: nameOf(fields["event_id"]) ?? digestOf(body) };
    }
    case "reply": {
      // The second STOP of somebody has the words of the first: without a name the time counts too.
      const webhookId = nameOf(fieldsOf(text)["id"]) ?? digestOf(`${signedAt}:`, body);
      return { topic: "customerio/reply", webhookId };
    }
  }
}

/** A message has one name through all that becomes of it, so its status belongs to the name. */
function fileOfTwilio(form: URLSearchParams, body: Buffer): HookFile {
  const sid = form.get("MessageSid");
  const status = form.get("MessageStatus") ?? form.get("SmsStatus");
  const overtakes =
    isTextReceived(status, form.has("Body")) || isStop(sayingOfCode(form.get("ErrorCode") ?? ""));
  const name = `${sid}:${status ?? ""}`;
  return {
    topic: overtakes ? "twilio/message" : "twilio/status",
    webhookId: sid && NAME.test(name) ? name : digestOf(body),
  };
}

/** A preference, a reply, or a failure because the recipient had said stop. */
function mayEndConsent({ metric, object_type, object_type_type, data }: Fields): boolean {
  const about = object_type ?? object_type_type;
  if (about === "customer") return true;
  if (about !== "sms" || typeof data !== "object" || data === null) return false;
  if (metric === "replied") return true;
  const message = "failure_message" in data ? data.failure_message : null;
  return typeof message === "string" && isStop(sayingOfFailure(message));
}

function isStop(says: NumberSaying | null): boolean {
  return says?.kind === "carrier_stop";
}

/** A template writes "null" for what isn't there. */
function nameOf(said: unknown): string | null {
  const name = typeof said === "number" ? String(said) : said;
  return typeof name === "string" && NAME.test(name) && name !== "null" ? name : null;
}

function fieldsOf(text: string): Fields {
  const read = readBody(text);
  // A map without a prototype: no name in it means anything but what the body says.
  return read.ok ? Object.assign(Object.create(null), read.body) : NO_FIELDS;
}

function digestOf(...parts: (string | Buffer)[]): string {
  return hash("sha256", Buffer.concat(parts.map((part) => Buffer.from(part))), "hex");
}
