/**
 * One text that reached us by several ways is one act.
 *
 * A shop may hear its replies from Twilio, from Customer.io's reports and from a campaign that hands
 * them on, each with a time of its own. Which of the tellings came first must not matter, so all are
 * kept, and this chooses from the whole set: of texts with one meaning, within ten minutes, by
 * different ways, the earliest counts. The second telling of a START must not lift the STOP that was
 * said between; a STOP is never taken for a telling of one from before a START, a no being wide.
 */
import type { Instant } from "../heard.ts";
import type { TextMeaning } from "../texts/meaning.ts";
import type { NumberSaid, TextWay } from "./said.ts";
import { inOrderOfTime } from "./said.ts";

const WITHIN_MS = 10 * 60 * 1000;

/** An act, and the ways by which it has been told so far. */
type Act = { meaning: TextMeaning; at: Instant; ways: Set<TextWay> };

/** What was said of one number, each act once, in the order of its times. */
export function toldOnce(said: readonly NumberSaid[]): NumberSaid[] {
  const open: Act[] = [];
  return inOrderOfTime(said).filter(({ at, says }) => {
    if (says.kind !== "text" || says.way === undefined) return true;
    const { meaning, way } = says;
    const told = open.find(
      (act) => act.meaning === meaning && at - act.at <= WITHIN_MS && !act.ways.has(way),
    );
    if (told) {
      told.ways.add(way);
      return false;
    }
    if (meaning === "start") forgetStops(open);
    open.push({ meaning, at, ways: new Set([way]) });
    return true;
  });
}

function forgetStops(open: Act[]): void {
  const rest = open.filter(({ meaning }) => meaning !== "stop" && meaning !== "wrong_number");
  open.splice(0, open.length, ...rest);
}
