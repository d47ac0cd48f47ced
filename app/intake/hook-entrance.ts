// Where hooks come in. The shop is part of the path, because neither Twilio nor Customer.io knows it;
// whose hook it is shows in the signature.

import { shopOf } from "./envelope.ts";

/** Twilio's texts and statuses, Customer.io's reports, and the replies that a campaign hands on. */
export type HookKind = "twilio" | "report" | "reply";

export type HookEntrance = {
  kind: HookKind;
  /** Null when no shop can have the name in the path. */
  shop: string | null;
};

const PATH = /^\/hooks\/(twilio|customerio)\/([^/]+)(\/reply)?$/;

/** The entrance at a path without query; undefined where there is none. */
export function hookAt(path: string): HookEntrance | undefined {
  const [, sender, domain = "", reply] = PATH.exec(path) ?? [];
  if (sender === undefined || (sender === "twilio" && reply !== undefined)) return undefined;
  const shop = shopOf(domain);
  if (sender === "twilio") return { kind: "twilio", shop };
  return { kind: reply === undefined ? "report" : "reply", shop };
}
