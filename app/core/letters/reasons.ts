/**
 * What a dead letter's reason means and what a person can do about it. Reasons are codes that never
 * change their meaning; one that this version does not know is still explained by where it died.
 */
export type LetterKind = "inbox" | "outbox";

export type LetterAdvice = {
  /** Why no retry fixes it, as a sentence. */
  means: string;
  /** What to do, as a sentence. */
  remedy: string;
};

const REPORT_IT =
  "Report it, with what `ringtrue dead-letters show` says; replay it once a version that mends it runs.";
const NOTHING_LOST = "Nothing: whatever changes next is told by later messages.";

export const LETTER_ADVICE: Readonly<Record<string, LetterAdvice>> = {
  not_json: {
    means: "The body is no JSON, so nobody can know what was meant.",
    remedy: `${NOTHING_LOST} Many of them at once mean that something rewrites bodies on their way.`,
  },
  wrong_shape: {
    means: "A field that the message is read by has another shape than Shopify documents.",
    remedy: REPORT_IT,
  },
  names_nothing: {
    means: "The message names nothing it could be about.",
    remedy: NOTHING_LOST,
  },
  unknown_topic: {
    means: "This version does not handle the topic.",
    remedy: "Replay it once a version runs that does; it was kept by a newer one.",
  },
  unknown_shop: {
    means: "The message came for a shop that is not installed.",
    remedy: "Install or add the shop, then replay.",
  },
  uninstalled_shop: {
    means: "The shop had uninstalled the app.",
    remedy: "Nothing, unless the shop comes back: then replay.",
  },
  other_shop: {
    means: "An erasure whose signed body names another shop than its envelope: it was not done.",
    remedy: "Look into who sent it. Never replay it without knowing.",
  },
  still_installed: {
    means: "An erasure of the whole shop, while the shop is installed: it was not done.",
    remedy: "If the shop asked for it, run `ringtrue shop remove`; otherwise nothing.",
  },
  cannot_merge: {
    means: "Working the message in failed, by itself and again: a fault of Ringtrue's.",
    remedy: REPORT_IT,
  },
  too_large: {
    means: "It is larger than can be kept (a message) or told (a person or an event).",
    remedy:
      "A message: nothing, only its beginning is here. A person or an event: see what makes it so large, mend it in Shopify, then replay.",
  },
  identifier_too_long: {
    means: "The email or id is longer than Customer.io takes, so nobody can be told under it.",
    remedy: "Mend it in Shopify, then replay.",
  },
  refused: {
    means:
      "Customer.io, or Shopify for a stop told there, refuses it for good; the reason stands in `detail`.",
    remedy: "Mend what `detail` names, in the settings, the workspace or the shop; then replay.",
  },
};

const UNKNOWN: Record<LetterKind, LetterAdvice> = {
  inbox: { means: "The message could not be worked in.", remedy: REPORT_IT },
  outbox: {
    means: "Customer.io would not take the item.",
    remedy: "Mend what `detail` names, then replay.",
  },
};

export function adviceFor({ kind, reason }: { kind: LetterKind; reason: string }): LetterAdvice {
  return (Object.hasOwn(LETTER_ADVICE, reason) && LETTER_ADVICE[reason]) || UNKNOWN[kind];
}

export type LetterStanding = {
  kind: LetterKind;
  reference: string;
  reason: string;
  /** The message is still kept. */
  isKept: boolean;
  /** State of the outgoing item or feedback; null when there is none any more. */
  itemState: string | null;
  /** There is still somebody to tell it of. */
  isTellable: boolean;
};

/** Why it cannot be replayed, continuing "cannot be replayed:"; null when it can be. */
export function whyNotReplayable(letter: LetterStanding): string | null {
  if (letter.kind === "inbox") {
    if (letter.reason === "too_large") {
      return "the message was larger than Ringtrue keeps, so only its beginning is here";
    }
    return letter.isKept ? null : "the message is no longer kept";
  }
  const waits = letter.itemState === "dead" || letter.itemState === "pending";
  if (letter.reference.startsWith("feedback:"))
    return waits ? null : "there is nobody left to stop";
  if (letter.reference.startsWith("item:")) {
    return waits ? null : "there is no such item to tell any more";
  }
  return letter.isTellable ? null : "there is nobody left to tell it of";
}
