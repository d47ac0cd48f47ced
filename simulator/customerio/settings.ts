// The switches of the simulated Customer.io: what a workspace owner can set there, and what its
// documentation leaves open and a client must therefore survive either way.

export type Settings = {
  /** When an attribute comes with the timestamp it already has: does the later arrival win? Undocumented. */
  ties: "accept" | "refuse";
  /** Whether people can be identified by phone (off in a new workspace). */
  phoneIdentifier: boolean;
  /** The workspace setting "Allow updates to email using ID". */
  emailUpdateById: boolean;
  /** What an event for somebody unknown does. */
  unknownPersonEvent: "create" | "ignore";
  /** A merge does not see a primary created less than this many milliseconds ago. */
  mergeRaceMs: number;
  /** Opt-outs written through the App API count after this many milliseconds (answered 204 at once). */
  optOutDelayMs: number;
  /** The status of a v2 body that is too large. Undocumented. */
  oversizeStatus: 400 | 413;
  /** How the App API gives attribute values: as they were sent, or everything as text. */
  appAttributeValues: "typed" | "text";
  /** Requests a second before 429; null is unlimited. The real App API allows 10. */
  appRequestsPerSecond: number | null;
  trackRequestsPerSecond: number | null;
  /** Every answer of the service is held back until this long after its request arrived. */
  roundTripMs: number;
  /** What the request log keeps: the newest 50,000, the same with their bodies, or only the last one. */
  keep: "log" | "bodies" | "last";
};

export const DEFAULT_SETTINGS: Settings = {
  ties: "accept",
  phoneIdentifier: false,
  emailUpdateById: false,
  unknownPersonEvent: "create",
  mergeRaceMs: 0,
  optOutDelayMs: 0,
  oversizeStatus: 400,
  appAttributeValues: "typed",
  appRequestsPerSecond: null,
  trackRequestsPerSecond: null,
  roundTripMs: 0,
  keep: "log",
};
