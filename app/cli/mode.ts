/** `ringtrue mode`: what may be written to a shop's workspace. */
import type { Mode } from "#app/core/settings/modes.ts";
import { changeShop, findShop } from "#app/db/shops.ts";
import { asOperator, noSuchShop } from "./operator.ts";
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
    await changeShop(prisma, shop, { mode }, new Date());
    const notes =
      mode === "test" && shop.settings.test_list.length === 0
        ? ["The test list is empty, so nobody is written: set test_list in the settings."]
        : [];
    return done({ domain, before: shop.mode, mode }, `${domain}: ${shop.mode} → ${mode}`, notes);
  });
}
