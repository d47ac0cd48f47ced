/** `ringtrue mode`: what may be written to a shop's workspace. */
import type { Mode } from "#app/core/settings/modes.ts";
import { whyNotBeside } from "#app/core/settings/shared-workspace.ts";
import { findNeighbours, loadEnvironment } from "#app/db/environments.ts";
import { changeShop, findShop, type Shop } from "#app/db/shops.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import { mayWrite } from "#app/pipeline/deliver/may-write.ts";
import { asOperator, noSuchShop, type Operator } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done, refused } from "./outcome.ts";

/** `clear` also removes what Ringtrue wrote, which a shop can only ask for with mode `observe`. */
export async function switchMode(domain: string, mode: Mode, clear: boolean): Promise<Outcome> {
  if (!clear) return changeMode(domain, mode);
  if (mode === "observe") return (await import("./put-back.ts")).clearWritten(domain);
  return refused("--clear goes with mode observe: whoever writes would write it again");
}

function changeMode(domain: string, mode: Mode): Promise<Outcome> {
  return asOperator(async (operator) => {
    const prisma = await operator.prisma();
    const shop = await findShop(prisma, domain);
    if (!shop) return noSuchShop(domain);
    if (mode !== "observe" && shop.credentials === null) {
      return refused(`mode ${mode} needs a connection to Customer.io first: npx ringtrue shop add`);
    }
    const obstacle = mode === "live" ? await whatStandsBeside(operator, shop) : null;
    if (obstacle !== null) return refused(`${shop.domain} ${obstacle}`);
    await changeShop(prisma, shop, { mode }, new Date());
    const notes =
      mode === "test" && shop.settings.test_list.length === 0
        ? ["The test list is empty, so nobody is written: set test_list in the settings."]
        : [];
    const waitsFor = await whatIsWaitedFor(operator, shop.domain);
    return done({ domain, before: shop.mode, mode, waitsFor }, say(shop, mode, waitsFor), notes);
  });
}

async function whatStandsBeside({ pool }: Operator, shop: Shop): Promise<string | null> {
  const environment = await loadEnvironment(pool, shop.id);
  if (environment === null) return null;
  return whyNotBeside(shop.settings, await findNeighbours(pool, shop.domain, environment));
}

/** Null when it writes at once, or not at all. */
async function whatIsWaitedFor(
  { pool, sealer }: Operator,
  domain: string,
): Promise<"stops_unread" | "stops_waiting" | null> {
  const shop = await loadWorkingShop(pool, domain);
  if (!shop) return null;
  const { kind } = await mayWrite(pool, sealer, shop);
  return kind === "yes" || kind === "no" ? null : kind;
}

const WAITS_FOR = {
  stops_unread:
    "Nothing is written before the stops that the workspace holds are read in: the worker does that now, some seconds for each thousand.",
  stops_waiting: "The workspace's stops are read in; writing begins once they are understood.",
};

function say(
  { domain, mode: before }: Shop,
  mode: Mode,
  waitsFor: keyof typeof WAITS_FOR | null,
): string {
  const changed = `${domain}: ${before} → ${mode}`;
  return waitsFor === null ? changed : `${changed}\n${WAITS_FOR[waitsFor]}`;
}
