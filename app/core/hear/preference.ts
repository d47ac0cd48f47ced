/** A preference that a shopper set somewhere, as what they say from then on. */
import type { Instant } from "../heard.ts";
import { preferenceKey, whoIsNamed } from "../identity.ts";
import { namesNothing, told } from "./reader.ts";
import type { Envelope, Understood } from "./reader.ts";

export type Who = { customer: string | null; email: string | null };

type Preference = { channel: "sms" | "everything"; subscribed: boolean; at: Instant | null };

/** Taking away counts from its trigger where it has no time of its own, allowing from its receipt. */
export function preferenceTold(
  who: Who,
  { channel, subscribed, at }: Preference,
  envelope: Envelope,
): Understood {
  const named = whoIsNamed(who);
  if (!named) return namesNothing("a preference of nobody");
  const says = { kind: "preference", ...who, channel, subscribed } as const;
  const document = preferenceKey(named);
  return told([{ document, at, says, countsFromReceipt: subscribed }], envelope);
}
