/**
 * One shop's delivery while its lock is held: a request is always on its way, and meanwhile the batch
 * before it is settled and the batch after it is composed and foretold. Never are two requests on their
 * way at once, and nothing is sent before the answer to what went before it is known: so nothing
 * overtakes.
 */
import type { Workspace } from "#app/customerio/workspace.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Item } from "./compose.ts";
import { foretell, takeBack } from "./foretell.ts";
import {
  askToSend,
  giveUpProbe,
  noteNotNow,
  noteSuccess,
  type GatePorts,
  type Pass,
} from "./gate.ts";
import { nextBatch, PEOPLE_AT_FIRST, type Appetite } from "./next-batch.ts";
import { sendBatch, type Sent } from "./send-batch.ts";
import { settle } from "./settle.ts";
import { waitsOf } from "./waits-of.ts";

export type Writable = { shop: WorkingShop; workspace: Workspace };

export type ShopPorts = GatePorts & {
  /** The shop as it is now; null when it is not to be written to. */
  open: () => Promise<Writable | null>;
  /** True once nothing more may be sent: the process leaves, or the lock is lost. */
  isOver: () => boolean;
  onAccepted: (waitsMs: readonly number[]) => void;
};

/** A batch that may be sent: composed and foretold. */
type Ready = Writable & { pass: Pass; items: Item[] };
type Answered = Ready & { sent: Sent };
type Settled = [PromiseSettledResult<Sent>, PromiseSettledResult<Ready | null>];

/** Customer.io's fair use is 100 requests a second for a workspace. */
const GAP_MS = 11;
/** Enough to learn whether the workspace works, little enough to be lost on one that doesn't. */
const PROBE_ITEMS = 25;

/** Works until `turnEnds`; then "more" says that there may be more to tell. */
export async function deliverShop(ports: ShopPorts, turnEnds: number): Promise<"done" | "more"> {
  const { now, isOver } = ports;
  const appetite: Appetite = { items: PEOPLE_AT_FIRST };
  const goesOn = (): boolean => !isOver() && now() < turnEnds;
  let unsettled: Answered | null = null;
  let ready = await prepare(ports, appetite, []);
  try {
    while (ready) {
      if (isOver()) {
        await drop(ports, ready);
        return "done";
      }
      const sending: Ready = ready;
      const settling: Answered | null = unsettled;
      unsettled = null;
      const sentAt = now();
      const [answer, next]: Settled = await Promise.allSettled([
        sendBatch(sending.workspace, sending.items),
        settleAndPrepare(ports, settling, sending, appetite, goesOn),
      ]);
      if (answer.status === "rejected") throw answer.reason;
      // Whatever went wrong meanwhile, what was sent is settled by its answer.
      unsettled = { ...sending, sent: answer.value };
      if (next.status === "rejected") throw next.reason;
      if (answer.value.notNow) {
        if (next.value) await drop(ports, next.value);
        return "done";
      }
      await breathe(GAP_MS - (now() - sentAt));
      ready = next.value;
      if (ready) continue;
      await settleAnswered(ports, unsettled);
      unsettled = null;
      if (!goesOn()) return isOver() ? "done" : "more";
      ready = await prepare(ports, appetite, []);
    }
    return "done";
  } finally {
    if (unsettled) await settleAnswered(ports, unsettled);
  }
}

/** Both at once: they concern different people, and different addresses. */
async function settleAndPrepare(
  ports: ShopPorts,
  answered: Answered | null,
  sending: Ready,
  appetite: Appetite,
  goesOn: () => boolean,
): Promise<Ready | null> {
  const onTheWay = [...(answered?.items ?? []), ...sending.items];
  // Who probes sends no more before the answer is known.
  const isEnough = !goesOn() || sending.pass.probeUntil !== null;
  const [settled, next] = await Promise.allSettled([
    answered ? settleAnswered(ports, answered) : Promise.resolve(),
    isEnough ? Promise.resolve(null) : prepare(ports, appetite, onTheWay),
  ]);
  if (next.status === "rejected") throw next.reason;
  if (settled.status === "rejected") {
    if (next.value) await drop(ports, next.value);
    throw settled.reason;
  }
  return next.value;
}

/** The next batch, ready to be sent; null when there is none now, or the shop has to wait. */
async function prepare(
  ports: ShopPorts,
  appetite: Appetite,
  onTheWay: readonly Item[],
): Promise<Ready | null> {
  const { pool, now } = ports;
  const opened = await ports.open();
  if (!opened) return null;
  const { shop, workspace } = opened;
  const pass = await askToSend(ports, shop, workspace);
  if (!pass) return null;
  const hunger = pass.probeUntil ? { items: PROBE_ITEMS } : appetite;
  const items = await nextBatch(pool, shop, hunger, onTheWay, now());
  if (items.length === 0) {
    await giveUpProbe(ports, workspace, pass);
    return null;
  }
  await foretell(pool, shop, items);
  return { shop, workspace, pass, items };
}

/** What was foretold and is not sent after all. */
async function drop(ports: ShopPorts, { shop, workspace, pass, items }: Ready): Promise<void> {
  await takeBack(ports.pool, shop, items);
  await giveUpProbe(ports, workspace, pass);
}

async function settleAnswered(ports: ShopPorts, answered: Answered): Promise<void> {
  const { shop, workspace, pass, sent } = answered;
  if (sent.answered.length > 0) {
    await settle(ports.pool, shop, sent.answered, sent.refused, sent.status, ports.now());
    ports.onAccepted(waitsOf(sent.answered, sent.refused, ports.now()));
  }
  await takeBack(ports.pool, shop, sent.unheard);
  if (sent.notNow) await noteNotNow(ports, shop, workspace, pass, sent.notNow);
  else if (sent.status > 0) await noteSuccess(ports, workspace, pass);
  else await giveUpProbe(ports, workspace, pass);
}

async function breathe(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
