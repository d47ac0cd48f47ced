/**
 * What was said of a number itself: by its handset, a carrier, a lookup. It is kept by number and
 * never under a person, because a phone joins nobody (SEMANTICS §6); whom it concerns is decided
 * when a person is folded, by who had the number at that time.
 */
import type { Instant } from "../heard.ts";
import type { TextMeaning } from "../texts/meaning.ts";

/** By which way a text reached us: what comes by one may come by the others, too. */
export type TextWay = "twilio" | "report" | "campaign";

/** The text that a failure is about, where its sender names it. */
type OfText = { text?: string };

export type NumberSaying =
  /** A text from the handset. A stop in words that no carrier knows as a keyword is told so. */
  | { kind: "text"; text: string; meaning: TextMeaning; way?: TextWay; inOtherWords?: true }
  /** A lookup, or an error that only a fixed line gives (21614, 21635, 30006). */
  | ({ kind: "landline"; code: string | null } & OfText)
  /** Out of service (21211, 30005). */
  | ({ kind: "dead"; code: string | null } & OfText)
  /** Not reached this time (30003): three days of it within thirty make a dead number. */
  | ({ kind: "unreached"; code: string | null } & OfText)
  /** The number belongs to somebody else since then. */
  | { kind: "reassigned"; by: string }
  /** The carrier or a sender blocks it (21610, a sender's opt-out list). */
  | ({ kind: "carrier_stop"; sender: string | null } & OfText)
  /** A stop that a record names this number for; it counts whoever has the number. */
  | { kind: "stop"; by: "shopify" }
  /** We asked this number's holder to confirm. */
  | { kind: "asked"; event: string };

export type NumberSaid = {
  /** E.164. */
  number: string;
  /** Hex of a digest over the content: the same report has the same id however often it comes. */
  id: string;
  /** When it was so; never later than the first receipt. */
  at: Instant;
  says: NumberSaying;
};

/** Everything known of numbers, by E.164, each in the order of its times. */
export type NumbersSaid = ReadonlyMap<string, readonly NumberSaid[]>;

export function inOrderOfTime(said: readonly NumberSaid[]): NumberSaid[] {
  return [...said].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** It ends what the number's holder allowed. */
export function isStop({ says }: NumberSaid): boolean {
  if (says.kind === "carrier_stop" || says.kind === "stop") return true;
  return says.kind === "text" && (says.meaning === "stop" || says.meaning === "wrong_number");
}

/** Whoever has the number says that it isn't the shopper's. */
export function isWrongNumber({ says }: NumberSaid): boolean {
  return says.kind === "text" && says.meaning === "wrong_number";
}

/** A text by which its writer wants to hear from the shop. */
export function isAffirmative({ says }: NumberSaid): boolean {
  return says.kind === "text" && (says.meaning === "start" || says.meaning === "yes");
}
