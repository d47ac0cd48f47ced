/**
 * `ringtrue put-back` and `ringtrue mode … observe --clear`: undoing what was written to a workspace.
 * The command asks for it; a worker does it, and the command shows how far it is.
 */
import {
  beginUndo,
  countToUndo,
  loadUndo,
  type UndoBegun,
  type UndoKind,
} from "#app/db/put-back.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { forShop, type Operator } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done, refused } from "./outcome.ts";
import { facts } from "./table.ts";

/** Without `yes` it shows how far a putting back is, or what one would do. */
export function putBack(domain: string, yes: boolean): Promise<Outcome> {
  return forShop(domain, (operator, shop) =>
    yes ? begin(operator, shop, "put_back") : showUndo(operator, shop),
  );
}

export function clearWritten(domain: string): Promise<Outcome> {
  return forShop(domain, (operator, shop) => begin(operator, shop, "clear"));
}

async function begin({ pool }: Operator, shop: WorkingShop, kind: UndoKind): Promise<Outcome> {
  const begun = await beginUndo(pool, shop, kind, new Date());
  if (begun.kind !== "begun") return refused(whyNot(begun, shop));
  const { domain } = shop;
  return done(
    { domain, begun: kind, before: shop.mode, mode: "observe", total: begun.total },
    `${domain}: ${shop.mode} → observe, ${begun.total} profiles to ${kind === "clear" ? "clear" : "put back"}`,
    [`A worker does it; how far it is shows: npx ringtrue put-back ${domain}`],
  );
}

function whyNot(begun: Exclude<UndoBegun, { kind: "begun" }>, { domain }: WorkingShop): string {
  switch (begun.kind) {
    case "under_way":
      return `it is under way: npx ringtrue put-back ${domain} shows how far it is`;
    case "not_connected":
      return `${domain} is not connected to Customer.io: npx ringtrue shop add`;
    case "nothing_told":
      return "no profile holds anything Ringtrue wrote: there is nothing to undo";
    case "too_late":
      return `live since ${begun.liveSince.toISOString()}: what stood before is kept for 30 days. What Ringtrue wrote can still be removed: npx ringtrue mode ${domain} observe --clear`;
  }
}

async function showUndo({ pool }: Operator, { id, domain, mode }: WorkingShop): Promise<Outcome> {
  const known = await loadUndo(pool, id);
  const { profiles, lookedAt } = await countToUndo(pool, id);
  const state = known === null ? "none" : (known.undo.ended ?? "under_way");
  const would = { profiles, lookedAt, neverLookedAt: profiles - lookedAt };
  const data = {
    domain,
    mode,
    state,
    kind: known?.undo.kind ?? null,
    total: known?.undo.total ?? 0,
    ...(known === null ? {} : { counts: known.undo.counts, detail: known.detail }),
    would,
  };
  const progress = known
    ? facts([
        ["state", `${known.undo.kind}, ${state}`],
        ["how far", known.detail || `0 of ${known.undo.total} profiles`],
        ...Object.entries(known.undo.counts),
      ])
    : "Never asked for.";
  const left = facts([
    ["profiles that hold what Ringtrue wrote", would.profiles],
    ["of them, looked at before: values put back", would.lookedAt],
    ["of them, never looked at: only cleared", would.neverLookedAt],
  ]);
  const notes =
    profiles > 0 && state !== "under_way"
      ? [`To put them back: npx ringtrue put-back ${domain} --yes`]
      : [];
  return done(data, `${progress}\n\n${left}`, notes);
}
