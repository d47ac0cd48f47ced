/**
 * What reading a message comes to, and the parts every reader is made of.
 *
 * Time comes from the signed body. Where a body has none, a revocation or an end counts from the
 * unsigned Triggered-At, never later than its receipt; a grant counts from its first receipt, so a
 * replayed body can never raise a consent. No time lies in the future of its first receipt.
 */
import type { z } from "zod";
import type { Instant, Saying } from "../heard.ts";
import type { NumberSaid, NumberSaying } from "../numbers/said.ts";
import type { OwnTopic, Topic } from "../topics.ts";

export type Envelope = {
  topic: Topic | OwnTopic;
  body: string;
  triggeredAt: Instant | null;
  receivedAt: Instant;
};

/** An observation before it is named by its content. */
export type Told = {
  document: string;
  /** The body's own time, as it stands there: part of the content. */
  statedAt: Instant | null;
  toldAt: Instant;
  triggeredAt: Instant;
  receivedAt: Instant;
  /** What keeps two acts without a time of their own apart: the Triggered-At of a revocation. */
  occasion: Instant | null;
  says: Saying;
};

/** What was said of a number itself, before it is named by its content. */
export type NumberTold = Omit<NumberSaid, "id"> & { statedAt: Instant | null };

/** Which text went to which number: later reports may name only the text. */
export type TextSent = { reference: string; number: string };

/** What a report says of the number a text went to, without naming it. */
export type TextTold = Omit<NumberTold, "number"> & { reference: string };

export type PrivacyOrder =
  | { kind: "data_request"; shopDomain: string | null; customer: string | null }
  | {
      kind: "customer_redact";
      shopDomain: string | null;
      customer: string | null;
      email: string | null;
      orders: string[];
    }
  | { kind: "shop_redact"; shopDomain: string | null };

export type Understood =
  | {
      kind: "told";
      told: Told[];
      ofNumbers?: NumberTold[];
      sent?: TextSent[];
      ofTexts?: TextTold[];
    }
  /** Heard, and by its meaning nothing to do (SEMANTICS §9). */
  | { kind: "nothing"; why: string }
  | { kind: "uninstalled"; at: Instant }
  | { kind: "privacy"; order: PrivacyOrder; at: Instant }
  /** No retry will make sense of it. */
  | { kind: "refused"; reason: "not_json" | "wrong_shape" | "names_nothing"; detail: string };

export type Reader = (body: unknown, envelope: Envelope) => Understood;

export function reader<Schema extends z.ZodType>(
  schema: Schema,
  say: (body: z.output<Schema>, envelope: Envelope) => Understood,
): Reader {
  return (body, envelope) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return say(parsed.data, envelope);
    const [issue] = parsed.error.issues;
    const { path, message } = issue ? firstFault(issue) : { path: [], message: "is wrong" };
    return {
      kind: "refused",
      reason: "wrong_shape",
      detail: `${path.join(".")}: ${message}`,
    };
  };
}

export type Statement = {
  document: string;
  at: Instant | null;
  says: Saying;
  /**
   * Without a time of its own the same body, however often it comes, is one telling from its first
   * receipt. What takes away counts from its trigger instead.
   */
  countsFromReceipt?: boolean;
};

export function told(items: Statement[], envelope: Envelope): Understood {
  const triggeredAt = envelopeTime(envelope);
  const { receivedAt } = envelope;
  return {
    kind: "told",
    told: items.map(({ document, at, says, countsFromReceipt = false }) => ({
      document,
      statedAt: at,
      toldAt: Math.min(at ?? (countsFromReceipt ? receivedAt : triggeredAt), receivedAt),
      triggeredAt,
      receivedAt,
      occasion: at !== null || countsFromReceipt ? null : (envelope.triggeredAt ?? receivedAt),
      says,
    })),
  };
}

/**
 * What is said of a number. Without a time of its own it was so when it was sent; and the same words
 * are then one saying, however often they come.
 */
export function toldOfNumber(
  { number, at }: { number: string; at: Instant | null },
  says: NumberSaying,
  { triggeredAt, receivedAt }: Envelope,
): Extract<Understood, { kind: "told" }> {
  const stated = at ?? triggeredAt ?? receivedAt;
  const ofNumbers = [{ number, statedAt: at, at: Math.min(stated, receivedAt), says }];
  return { kind: "told", told: [], ofNumbers };
}

/** The same of a number that only the text it went to can tell. */
export function toldOfText(
  reference: string,
  at: Instant | null,
  says: NumberSaying,
  { triggeredAt, receivedAt }: Envelope,
): TextTold {
  const stated = at ?? triggeredAt ?? receivedAt;
  return { reference, statedAt: at, at: Math.min(stated, receivedAt), says };
}

/** Triggered-At is unsigned: believed, but never beyond the receipt. */
export function envelopeTime({ triggeredAt, receivedAt }: Envelope): Instant {
  return Math.min(triggeredAt ?? receivedAt, receivedAt);
}

export function namesNothing(detail: string): Understood {
  return { kind: "refused", reason: "names_nothing", detail };
}

/** "An object or nothing" is a union, whose own fault says only that it is neither: what is wrong stands within. */
function firstFault(issue: z.core.$ZodIssue): Pick<z.core.$ZodIssue, "path" | "message"> {
  const within =
    issue.code === "invalid_union"
      ? issue.errors.flat().find(({ path }) => path.length > 0)
      : undefined;
  if (within === undefined) return issue;
  const { path, message } = firstFault(within);
  return { path: [...issue.path, ...path], message };
}
