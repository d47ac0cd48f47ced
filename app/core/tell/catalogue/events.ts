/** Every event Ringtrue tells Customer.io, or will: the list the documentation is made from. */
import { COMMERCE_EVENTS } from "./commerce-events.ts";
import type { EventEntry } from "./entry.ts";
import { PERSON_EVENTS } from "./person-events.ts";

export type EventName = (typeof COMMERCE_EVENTS | typeof PERSON_EVENTS)[number]["name"];

export const EVENTS: readonly EventEntry[] = [...COMMERCE_EVENTS, ...PERSON_EVENTS];
