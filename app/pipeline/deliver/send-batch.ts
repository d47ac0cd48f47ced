/**
 * Sends one batch and finds out what became of each item of it, with as many requests as that takes,
 * one after another: items that were refused by name are sent once more, since a workspace may have
 * erred, and a batch that is refused as a whole is halved until the item that spoils it is alone.
 */
import type { Answer, ItemRefused } from "#app/customerio/answer.ts";
import type { Workspace } from "#app/customerio/workspace.ts";
import type { Item } from "./compose.ts";

export type NotNow = Extract<Answer, { kind: "later" | "stopped" }>;

export type Sent = {
  /** The status of the last answer; 0 when nothing had to be sent. */
  status: number;
  /** What was answered for, taken or refused. */
  answered: Item[];
  /** By index in `answered`. */
  refused: ItemRefused[];
  /** What still has to be told, and surely was not worked in. */
  unheard: Item[];
  /** Why not everything was answered for, if so. */
  notNow: NotNow | null;
};

export async function sendBatch(workspace: Workspace, batch: readonly Item[]): Promise<Sent> {
  const sent: Sent = { status: 0, answered: [], refused: [], unheard: [], notNow: null };
  for (const item of batch) {
    if (item.unfit) note(sent, item, item.unfit);
  }
  const fit = batch.filter(({ unfit }) => unfit === null);
  const waiting = fit.length > 0 ? [fit] : [];
  let someHeard = false;
  for (let part = waiting.shift(); part; part = waiting.shift()) {
    const answer = await send(workspace, part);
    switch (answer.kind) {
      case "taken":
        await noteTaken(workspace, sent, part, answer);
        break;
      case "refused": {
        sent.status = answer.status;
        someHeard ||= answer.heard !== "no";
        const [only, ...others] = part;
        if (only && others.length === 0) {
          note(sent, only, { reason: answer.reason, field: answer.detail });
          break;
        }
        const half = Math.ceil(part.length / 2);
        waiting.unshift(part.slice(0, half), part.slice(half));
        break;
      }
      case "later":
      case "stopped":
        leave(sent, part, answer);
        break;
    }
    if (sent.notNow) break;
  }
  // Their turn never came, or they were refused together with others.
  sent.unheard.push(...waiting.flat());
  return someHeard ? { ...sent, unheard: [] } : sent;
}

/** What a workspace refuses once it may have refused in error: those items are sent once more. */
async function noteTaken(
  workspace: Workspace,
  sent: Sent,
  part: readonly Item[],
  first: Extract<Answer, { kind: "taken" }>,
): Promise<void> {
  sent.status = first.status;
  const why = new Map(first.refused.map((one) => [part[one.index], one]));
  for (const item of part) if (!why.has(item)) note(sent, item, null);
  const again = part.filter((item) => why.has(item));
  if (again.length === 0) return;
  const second = await send(workspace, again);
  if (second.kind === "later" || second.kind === "stopped") {
    leave(sent, again, second);
    return;
  }
  const stillRefused =
    second.kind === "refused" ? why : new Map(second.refused.map((one) => [again[one.index], one]));
  for (const item of again) note(sent, item, stillRefused.get(item) ?? null);
}

function send(workspace: Workspace, items: readonly Item[]): Promise<Answer> {
  return workspace.send(items.map((item) => item.operation));
}

function leave(sent: Sent, items: readonly Item[], answer: NotNow): void {
  sent.notNow = answer;
  if (answer.heard === "no") sent.unheard.push(...items);
}

function note(sent: Sent, item: Item, why: { reason: string; field: string } | null): void {
  if (why) {
    const { reason, field } = why;
    sent.refused.push({ index: sent.answered.length, reason, field });
  }
  sent.answered.push(item);
}
