// By what a hook is known when it comes again. Senders name their messages, so a signed body is looked
// into for the name; one without is known by its digest.

import { hash } from "node:crypto";

import { readBody } from "../core/hear/json.ts";
import type { HookTopic } from "./hook-entrance.ts";

const NAME = /^[\w:.-]{1,120}$/;

/**
 * Never throws, whatever the body is.
 * @param signedAt when the sender signed it; null where the signature has no time
 */
export function hookId(topic: HookTopic, body: Buffer, signedAt: number | null): string {
  switch (topic) {
    case "twilio/message":
      return twilioName(new URLSearchParams(body.toString("utf8"))) ?? digestOf(body);
    case "customerio/report":
      return nameIn(body, "event_id") ?? digestOf(body);
    case "customerio/reply":
      // The second STOP of somebody has the words of the first: without a name the time counts too.
      return nameIn(body, "id") ?? digestOf(`${signedAt}:`, body);
  }
}

/** A message has one name through all that becomes of it, so its status belongs to the name. */
function twilioName(form: URLSearchParams): string | null {
  const sid = form.get("MessageSid");
  const status = form.get("MessageStatus") ?? form.get("SmsStatus") ?? "";
  const name = `${sid}:${status}`;
  return sid && NAME.test(name) ? name : null;
}

/** A template writes "null" for what isn't there. */
function nameIn(body: Buffer, field: string): string | null {
  const said = fieldIn(body, field);
  const name = typeof said === "number" ? String(said) : said;
  return typeof name === "string" && NAME.test(name) && name !== "null" ? name : null;
}

function fieldIn(body: Buffer, field: string): unknown {
  const read = readBody(body.toString("utf8"));
  return read.ok && Object.hasOwn(read.body, field) ? read.body[field] : null;
}

function digestOf(...parts: (string | Buffer)[]): string {
  return hash("sha256", Buffer.concat(parts.map((part) => Buffer.from(part))), "hex");
}
