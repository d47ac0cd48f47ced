/**
 * The shapes of the App API's answers, as documented (research/customerio.md §1.8, §1.9). What is
 * empty text there is null here; a field nobody reads may be anything.
 */
import { z } from "zod";

const textOrNull = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) =>
    value === undefined || value === null || value === "" ? null : `${value}`,
  );

const identifiers = z
  .object({ id: textOrNull, email: textOrNull, cio_id: textOrNull })
  .transform(({ id, email, cio_id }) => ({ id, email, cioId: cio_id }));

const optOut = z.object({ from: z.string(), channel: z.string().default("sms") });

export const optOutPage = z.object({
  optouts: z.array(
    z
      .object({ customer_id: textOrNull, cio_id: textOrNull, optouts: z.array(optOut) })
      .transform(({ customer_id, cio_id, optouts }) => ({
        customerId: customer_id,
        cioId: cio_id,
        optOuts: optouts,
      })),
  ),
  next: textOrNull,
});

export const optOutsOfOne = z.object({ optouts: z.array(optOut) });

export const peopleByEmail = z.object({ results: z.array(identifiers) });

export const peopleFound = z.object({ identifiers: z.array(identifiers), next: textOrNull });

export const personAttributes = z.object({
  customer: z.object({
    attributes: z.record(z.string(), z.unknown()),
    unsubscribed: z.boolean().default(false),
    timestamps: z.record(z.string(), z.number()).catch({}),
    identifiers: z.object({ cio_id: textOrNull }).optional(),
  }),
});

/** Of what a change is answered with, nothing is read. */
export const anything = z.unknown();
