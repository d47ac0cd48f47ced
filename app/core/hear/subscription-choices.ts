/**
 * What a person's subscription preferences in Customer.io say about SMS. They come as a whole, also
 * when another topic was changed. So "off" counts whenever it stands there, a no being wide; "on"
 * counts only where nothing else can have been changed, or an email preference would lift a stop.
 */
import { readBody } from "./json.ts";

type Choice = { name: string; isOn: boolean };

/** Deeper than any known form of them. */
const DEPTH_MAX = 6;
const SMS = /(?<![a-z])sms(?![a-z])/i;

/** @param content an object, or the JSON of one; null when nothing certain is said */
export function smsChoiceOf(content: unknown): boolean | null {
  const choices = choicesIn(parsed(content), "", DEPTH_MAX);
  const ofSms = choices.filter(({ name }) => SMS.test(name));
  if (ofSms.some(({ isOn }) => !isOn)) return false;
  return ofSms.length > 0 && ofSms.length === choices.length ? true : null;
}

function parsed(content: unknown): unknown {
  if (typeof content !== "string") return content;
  const read = readBody(content);
  return read.ok ? read.body : null;
}

/** Every yes and no, under the names that lead to it. */
function choicesIn(content: unknown, name: string, depth: number): Choice[] {
  if (typeof content === "boolean") return [{ name, isOn: content }];
  if (typeof content !== "object" || content === null || depth === 0) return [];
  const called = ["name", "channel", "topic"].map((key) => textAt(content, key)).join(" ");
  return Object.entries(content).flatMap(([key, value]) =>
    choicesIn(value, `${name} ${called} ${key}`, depth - 1),
  );
}

function textAt(content: object, key: string): string {
  const value: unknown = Object.entries(content).find(([other]) => other === key)?.[1];
  return typeof value === "string" ? value : "";
}
