// What Twilio and Customer.io have to tell of the day: a STOP from a handset, and a text that never arrived.
import type { HookStep } from "./scenario.ts";

export const DAY_HOOKS: readonly HookStep[] = [
  { round: 3, who: "vera", tell: { kind: "texted", from: "+14805552914", body: "Stop" } },
  {
    round: 4,
    who: "finn",
    tell: {
      kind: "undelivered",
      to: "+15035557328",
      failure: "Twilio error 30005: unknown destination handset",
    },
  },
];
