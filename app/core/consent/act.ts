/**
 * One act of consent: who did what about which number, when, and on what terms.
 */
import type { ConsentPurpose, Instant } from "../heard.ts";

export type ConsentSource = "checkout" | "form" | "shopify" | "import" | "text" | "customerio";

export type ConsentLevel = "single_opt_in" | "confirmed_opt_in" | "unknown";

/**
 * Why a grant must be confirmed whatever the shop asks for: its number is somebody else's in the
 * same checkout, contradicts one the shopper typed, or the consent is older than anybody remembers.
 */
export type Doubt = "not_own" | "contradicts" | "old_import";

export type ConsentAct = {
  kind:
    | "grant"
    | "record"
    | "echo"
    | "taken_back"
    | "stop"
    | "restored"
    | "yes"
    | "pending"
    | "record_ended"
    | "forgotten";
  /** E.164, or null for an act that names no number: it is about all of the person's. */
  number: string | null;
  at: Instant;
  /** A tick that stands until now; always true for what is not a tick. */
  stands: boolean;
  doubt: Doubt | null;
  /** From when an answer to a confirmation may come. */
  askedFrom: Instant;
  level: ConsentLevel;
  source: ConsentSource;
  /** The source as it is told: of a form with its name, `form:popup`. */
  sourceName: string;
  purposes: readonly ConsentPurpose[];
  disclosure: string | null;
  /** How it was given: page, address, device and language, where the door could see them. */
  evidence: Readonly<Record<string, string>>;
  document: string;
};

/** What no act lacks; everything else is as for an act that grants nothing. */
type Essentials = Pick<ConsentAct, "kind" | "number" | "at" | "source" | "document"> &
  Partial<ConsentAct>;

export function actOf(essentials: Essentials): ConsentAct {
  return {
    stands: true,
    doubt: null,
    askedFrom: essentials.at,
    level: "unknown",
    sourceName: essentials.source,
    purposes: [],
    disclosure: null,
    evidence: {},
    ...essentials,
  };
}
