import { logActivity, touch, type Person, type Workspace } from "./workspace.ts";

// "SMS Opt-outs" of a profile: one entry per sender number. Customer.io fills them from replies to
// a sender; the App API can add and remove entries, which opts nobody in at the carrier.

export const CHANNELS = ["sms", "whatsapp"] as const;
export type Channel = (typeof CHANNELS)[number];
export type OptOut = { channel: Channel; from: string };

/** Adds or removes one entry. */
export function setOptOut(
  workspace: Workspace,
  person: Person,
  entry: OptOut,
  optedOut: boolean,
): void {
  const key = `${entry.channel} ${entry.from}`;
  if (person.optOuts.has(key) === optedOut) return;
  if (optedOut) person.optOuts.add(key);
  else person.optOuts.delete(key);
  const title = optedOut ? "Opted out of a sender" : "Opt-out removed";
  logActivity(workspace, optedOut ? "opted_out" : "opted_in", title, person, key);
  touch(workspace, person);
}

/** A person's entries. */
export function listOptOuts(person: Person): OptOut[] {
  return Array.from(person.optOuts, (key) => {
    const [channel, from = ""] = key.split(" ");
    return { channel: channel === "whatsapp" ? "whatsapp" : "sms", from };
  });
}
