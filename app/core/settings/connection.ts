/**
 * What connects a shop to its Customer.io workspace, and to the Twilio account that texts for it. One
 * schema for the settings page and the command line. These are secrets: they are sealed before they are stored, never sent back to a
 * browser and never repeated in a problem.
 */
import { z } from "zod";
import { describeProblems, type Problem } from "./problems.ts";

/** The keys of both are printable ASCII without spaces; anything else was mis-pasted. */
const keyOf = (issuer: string) =>
  z
    .string("is needed")
    .trim()
    .min(1, "is needed")
    .max(200, `is longer than any key of ${issuer}`)
    .regex(/^[\x21-\x7e]*$/, `has a character that no key of ${issuer} has; copy it again`);

const optionalKeyOf = (issuer: string) =>
  z
    .string("must be text")
    .trim()
    .transform((text) => (text === "" ? null : text))
    .pipe(keyOf(issuer).nullable())
    .nullable()
    .default(null);

const key = keyOf("Customer.io");
const optionalKey = optionalKeyOf("Customer.io");

export const connectionSchema = z.strictObject({
  region: z.enum(["us", "eu"]).default("us"),
  /** Track API: site id and API key. */
  site_id: key,
  api_key: key,
  /** App API key: stops can be read in and opt-outs written back. */
  app_key: optionalKey,
  /** Checks that reporting webhooks come from this workspace. */
  signing_key: optionalKey,
  /** Checks that texts and delivery reports come from this Twilio account. */
  twilio_auth_token: optionalKeyOf("Twilio"),
});

export type Connection = z.output<typeof connectionSchema>;

export type ConnectionReading =
  | { ok: true; connection: Connection }
  | { ok: false; problems: Problem[] };

export function readConnection(input: unknown): ConnectionReading {
  const parsed = connectionSchema.safeParse(input);
  if (parsed.success) return { ok: true, connection: parsed.data };
  return { ok: false, problems: describeProblems(parsed.error) };
}
