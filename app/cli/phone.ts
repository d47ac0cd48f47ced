/** `ringtrue phone`: what Ringtrue makes of one number. Needs no database. */
import type { Reading } from "#app/core/phone/reading.ts";
import { readNumber } from "#app/core/phone/read-number.ts";
import { READING_REASONS } from "#app/core/phone/reasons.ts";
import type { Outcome } from "./outcome.ts";
import { done } from "./outcome.ts";
import { facts } from "./table.ts";

/** The reading as it is told to outsiders. */
export type NumberSaid = {
  e164: string | null;
  status: Reading["status"];
  reason: string | null;
  country: string | null;
  type: string | null;
  extension: string | null;
};

/** `country` is where the number is expected to be from, `hints` other countries of the shopper. */
export function sayReading(
  raw: string,
  country: string | undefined,
  hints: readonly string[],
): NumberSaid {
  const reading = readNumber(raw, country === undefined ? hints : [country, ...hints]);
  const { e164, status, reason, type, extension } = reading;
  return { e164, status, reason, country: reading.country, type, extension };
}

export function phone(raw: string, country: string | undefined, hints: readonly string[]): Outcome {
  const said = sayReading(raw, country, hints);
  const meaning = isReason(said.reason) ? READING_REASONS[said.reason] : null;
  const text = facts([
    ["number", said.e164],
    ["status", said.status],
    ...(said.reason === null ? [] : [["reason", `${said.reason}: ${meaning}`] as const]),
    ["country", said.country],
    ["type", said.type],
    ...(said.extension === null ? [] : [["extension", said.extension] as const]),
  ]);
  return done(said, text);
}

function isReason(reason: string | null): reason is keyof typeof READING_REASONS {
  return reason !== null && Object.hasOwn(READING_REASONS, reason);
}
