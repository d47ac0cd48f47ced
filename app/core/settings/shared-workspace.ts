/**
 * Whether a connection leads where the shop believes, and who else writes there.
 *
 * Two shops on one workspace (SEMANTICS §8): a shopper of both has one profile there, so each shop
 * needs attribute names of its own, or each would write over what the other told. An email is the
 * profile's own and means the same for both.
 */
import { ATTRIBUTE_NAMES, FIXED_NAMES } from "./attribute-names.ts";
import type { Connection } from "./connection.ts";
import type { Mode } from "./modes.ts";
import type { Problem } from "./problems.ts";
import type { Settings } from "./schema.ts";

/** What the workspace says of a pair of keys. */
export type Account =
  /** `environment` names the workspace among all of its region's: `us:7`. */
  | { kind: "known"; region: Connection["region"]; environment: string }
  | { kind: "unauthorized" }
  /** Nobody answered, or nothing that can be understood: it is found out later. */
  | { kind: "unknown"; reason: string };

export type Neighbour = { domain: string; settings: Pick<Settings, "attribute_names"> };

export type ShopBeside = {
  mode: Mode;
  region: Connection["region"];
  settings: Pick<Settings, "attribute_names">;
};

/** What keeps this shop from being connected, or from going live, as it stands. */
export function checkWorkspace(
  shop: ShopBeside,
  account: Account,
  neighbours: readonly Neighbour[],
): Problem[] {
  switch (account.kind) {
    case "unknown":
      return [];
    case "unauthorized":
      return [{ field: "connection.api_key", problem: "is not accepted with this site ID" }];
    case "known": {
      const { region } = account;
      if (region !== shop.region)
        return [
          { field: "connection.region", problem: `must be ${region}, where this workspace is` },
        ];
      const obstacle = shop.mode === "live" ? whyNotBeside(shop.settings, neighbours) : null;
      return obstacle === null ? [] : [{ field: "mode", problem: obstacle }];
    }
  }
}

/** What keeps a shop from going live beside others of the workspace; null when nothing does. */
export function whyNotBeside(
  settings: ShopBeside["settings"],
  neighbours: readonly Neighbour[],
): string | null {
  for (const neighbour of neighbours) {
    const [first, ...rest] = namesShared(settings, neighbour.settings);
    if (first === undefined) continue;
    const names = rest.length === 0 ? first : `${first} and ${rest.length} more`;
    return `cannot be live, because ${neighbour.domain} writes ${names} to the same workspace: give one of the two shops attribute names of its own (attribute_names), for example with a prefix`;
  }
  return null;
}

/** The attribute names that both write, as they stand in the workspace. */
function namesShared(one: ShopBeside["settings"], other: ShopBeside["settings"]): string[] {
  const theirs = new Set(namesOf(other));
  return namesOf(one).filter((name) => theirs.has(name));
}

function namesOf({ attribute_names }: ShopBeside["settings"]): string[] {
  const own = ATTRIBUTE_NAMES.filter((name) => !FIXED_NAMES.includes(name));
  return own.map((name) => attribute_names[name] ?? name);
}
