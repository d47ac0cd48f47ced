// Where hooks come in. The shop is part of the path, because neither Twilio nor Customer.io knows it;
// whose hook it is shows in the signature.

import type { OwnTopic } from "../core/topics.ts";
import { shopOf } from "./envelope.ts";

export type HookTopic = Extract<
  OwnTopic,
  "twilio/message" | "customerio/report" | "customerio/reply"
>;

export type HookEntrance = {
  topic: HookTopic;
  /** Null when no shop can have the name in the path. */
  shop: string | null;
};

const PATH = /^\/hooks\/(twilio|customerio)\/([^/]+)(\/reply)?$/;

/** The entrance at a path without query; undefined where there is none. */
export function hookAt(path: string): HookEntrance | undefined {
  const [, sender, domain = "", reply] = PATH.exec(path) ?? [];
  if (sender === undefined || (sender === "twilio" && reply !== undefined)) return undefined;
  const shop = shopOf(domain);
  if (sender === "twilio") return { topic: "twilio/message", shop };
  return { topic: reply === undefined ? "customerio/report" : "customerio/reply", shop };
}
