/**
 * What each answer of Customer.io means, in one table; docs/delivery.md shows the same one to
 * operators.
 *
 *   settle       what was sent is told, and never sent again
 *   dead letter  an item in it can never be taken: the batch is halved until the item is alone
 *   pause        the workspace is in trouble: everything of the shop waits, so that nothing overtakes
 *   stop         the shop's connection is wrong: its owner is told, and it is tried again now and then
 *
 * `heard` says whether what was sent may have been worked in all the same. Where nobody can know, it
 * counts as told when something has to be taken back, and as not told when something has to arrive.
 */

/** Why there was no answer, or none that can be used. */
export type Silence =
  | "timeout"
  | "reset"
  | "connection_refused"
  | "dns"
  | "network"
  | "unreadable"
  | "refused_without_place";

export type Heard = "yes" | "no" | "perhaps";

export type AnswerRow = {
  on: readonly (number | readonly [from: number, to: number] | Silence)[];
  so: "settle" | "dead letter" | "pause" | "stop";
  heard: Heard;
  /** As operators read it in status, logs and dead letters. */
  reason: string;
};

/** The first row that fits counts. */
export const ANSWER_TABLE = [
  // Items that a 200 or 207 names are sent once more by themselves; refused again they are dead letters.
  { on: [[200, 299]], so: "settle", heard: "yes", reason: "taken" },
  { on: [401, 403], so: "stop", heard: "no", reason: "unauthorized" },
  // A workspace in the other region. Following would send people's data through a place not agreed to.
  { on: [[300, 399]], so: "stop", heard: "no", reason: "redirected" },
  { on: [400, 422], so: "dead letter", heard: "no", reason: "refused" },
  { on: ["refused_without_place"], so: "dead letter", heard: "perhaps", reason: "refused" },
  { on: [413], so: "dead letter", heard: "no", reason: "too_large" },
  { on: [429], so: "pause", heard: "no", reason: "rate_limited" },
  { on: [[500, 599]], so: "pause", heard: "perhaps", reason: "server_error" },
  { on: [408, "timeout"], so: "pause", heard: "perhaps", reason: "timeout" },
  { on: ["connection_refused", "dns"], so: "pause", heard: "no", reason: "unreachable" },
  { on: ["reset", "network"], so: "pause", heard: "perhaps", reason: "network" },
  { on: ["unreadable"], so: "pause", heard: "perhaps", reason: "unreadable_answer" },
  // 404, 409 and whatever else: nothing that an item could be blamed for.
  { on: [[100, 999]], so: "pause", heard: "perhaps", reason: "unexpected" },
] as const satisfies readonly AnswerRow[];

export function rowFor(answer: number | Silence): AnswerRow {
  const row = ANSWER_TABLE.find(({ on }) => on.some((one) => fits(one, answer)));
  if (!row) throw new Error(`no row for the answer ${answer}`);
  return row;
}

function fits(one: AnswerRow["on"][number], answer: number | Silence): boolean {
  if (typeof one !== "object") return one === answer;
  return typeof answer === "number" && one[0] <= answer && answer <= one[1];
}
