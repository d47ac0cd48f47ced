/**
 * What a batch's stops call for elsewhere: rows for the feedback worker, named by the stop itself and
 * by whom it is written to. The same stop told again makes no second row; a person who gets another
 * profile, or whose stop is lifted, does.
 */
import type { Revocations } from "#app/core/consent/revoked.ts";
import type { NewFeedback } from "#app/db/feedback.ts";
import { digestOf } from "#app/db/ledger.ts";

const REFERENCE_DIGITS = 32;

export type StopsOfPerson = {
  personId: number;
  customerId: string | null;
  /** The profile in Customer.io; without one there is no list to be on, and a later row to come. */
  address: string | null;
  revocations: Revocations;
};

export function feedbackFor(
  { personId, customerId, address, revocations }: StopsOfPerson,
  salt: Buffer,
): NewFeedback[] {
  const { numbers, optOuts } = revocations;
  const rows: NewFeedback[] = [];
  if (customerId !== null) {
    for (const { number, at } of numbers) {
      const reference = shopifyReference(salt, customerId, number, at);
      rows.push({ kind: "shopify", reference, personId, customerId, e164: number, at });
    }
  }
  if (optOuts && address !== null) {
    const { stoppedAt, liftedAt, wrongNumber } = optOuts;
    const said = JSON.stringify([address, stoppedAt, liftedAt]);
    const reference = digestOf(salt, `opt-outs ${said}`).slice(0, REFERENCE_DIGITS);
    const at = liftedAt ?? stoppedAt;
    rows.push({ kind: "customerio", reference, personId, customerId, e164: wrongNumber, at });
  }
  return rows;
}

/** By the second, because that is how Shopify will tell it back. */
export function shopifyReference(
  salt: Buffer,
  customerId: string,
  number: string,
  at: number,
): string {
  const said = JSON.stringify([customerId, number, Math.floor(at / 1_000)]);
  return digestOf(salt, `shopify ${said}`).slice(0, REFERENCE_DIGITS);
}
