// The topics Ringtrue hears from Shopify, and the lane each waits in. Lane 0 overtakes: a
// revocation, a redaction or an uninstall must not queue behind a season's checkouts. The lane
// goes by topic alone, because intake parses nothing. Where one address takes both what revokes and
// what comes in masses (a text sent is reported three times), the door files them under two topics.

/** 0 overtakes, 1 is the usual, 2 (backfill) never arrives as a webhook. */
export type Lane = 0 | 1;

export const TOPICS = {
  "checkouts/create": { lane: 1 },
  "checkouts/update": { lane: 1 },
  "checkouts/delete": { lane: 1 },
  "orders/create": { lane: 1 },
  "orders/updated": { lane: 1 },
  "orders/paid": { lane: 1 },
  "orders/cancelled": { lane: 1 },
  "orders/fulfilled": { lane: 1 },
  "fulfillments/create": { lane: 1 },
  "fulfillments/update": { lane: 1 },
  "fulfillment_events/create": { lane: 1 },
  "refunds/create": { lane: 1 },
  "customers/create": { lane: 1 },
  "customers/update": { lane: 1 },
  "customers/delete": { lane: 1 },
  "customers/merge": { lane: 1 },
  "customers_marketing_consent/update": { lane: 0 },
  "customers_email_marketing_consent/update": { lane: 1 },
  "app/uninstalled": { lane: 0 },
  "app/scopes_update": { lane: 1 },
  "customers/data_request": { lane: 1 },
  "customers/redact": { lane: 0 },
  "shop/redact": { lane: 0 },
} as const satisfies Record<string, { lane: Lane }>;

export type Topic = keyof typeof TOPICS;

/**
 * What Ringtrue's own doors keep in the same inbox: forms, lists, texts, what carriers report. None
 * of them is a path under `/webhooks`, so nobody can send one in Shopify's name.
 */
export const OWN_TOPICS = {
  "form/entry": { lane: 1 },
  "import/row": { lane: 1 },
  "support/note": { lane: 0 },
  "preference/change": { lane: 0 },
  "text/inbound": { lane: 0 },
  "number/report": { lane: 0 },
  /** Texts, and refusals because of one. */
  "twilio/message": { lane: 0 },
  "twilio/status": { lane: 1 },
  /** Preferences, replies, and refusals because of one. */
  "customerio/consent": { lane: 0 },
  "customerio/report": { lane: 1 },
  "customerio/reply": { lane: 0 },
  "customerio/opt-out": { lane: 0 },
} as const satisfies Record<string, { lane: Lane }>;

export type OwnTopic = keyof typeof OWN_TOPICS;

/** True for what one of our own doors keeps. */
export function isOwnTopic(name: string): name is OwnTopic {
  return Object.hasOwn(OWN_TOPICS, name);
}

/** The lane a kept message waits in; what this version does not know waits its turn. */
export function laneOf(name: string): Lane {
  if (isTopic(name)) return TOPICS[name].lane;
  return isOwnTopic(name) ? OWN_TOPICS[name].lane : 1;
}

/** The topics Shopify sends by law; all three arrive under one path, `/webhooks/compliance`. */
export const COMPLIANCE_TOPICS = [
  "customers/data_request",
  "customers/redact",
  "shop/redact",
] as const satisfies readonly Topic[];

/** True for the exact, lower-case name of a topic we hear. */
export function isTopic(name: string): name is Topic {
  return Object.hasOwn(TOPICS, name);
}

/** Everything the inbox keeps whose messages overtake. */
export function urgentTopics(): (Topic | OwnTopic)[] {
  return [...allTopics(), ...allOwnTopics()].filter((topic) => laneOf(topic) === 0);
}

/** All topics, in the order of the table. */
export function allTopics(): Topic[] {
  return Object.keys(TOPICS).filter(isTopic);
}

/** All of our own doors' topics, in the order of the table. */
export function allOwnTopics(): OwnTopic[] {
  return Object.keys(OWN_TOPICS).filter(isOwnTopic);
}
