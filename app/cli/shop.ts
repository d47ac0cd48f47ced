/** `ringtrue shop`: connects a shop without the admin page, shows and removes shops. */
import type { Connection } from "#app/core/settings/connection.ts";
import { readConnection } from "#app/core/settings/connection.ts";
import type { Mode } from "#app/core/settings/modes.ts";
import { removeShop } from "#app/db/remove-shop.ts";
import { openConnection, sealConnection } from "#app/db/shop-connection.ts";
import type { ShopListed } from "#app/db/shop-list.ts";
import { listShops } from "#app/db/shop-list.ts";
import { changeShop, findShop, registerInstall } from "#app/db/shops.ts";
import { checkWorkspace } from "#app/core/settings/shared-workspace.ts";
import { readAccount } from "#app/customerio/account.ts";
import { findNeighbours, noteEnvironment } from "#app/db/environments.ts";
import { SealError } from "#app/platform/crypto.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import { asOperator, forShop } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done, refused } from "./outcome.ts";
import type { SettingsFile } from "./settings.ts";
import { readSettingsFile, sayProblem } from "./settings.ts";
import { facts, say, table } from "./table.ts";

export type ShopOptions = {
  cioSiteId: string;
  cioApiKey: string;
  cioRegion?: string;
  cioAppKey?: string;
  cioSigningKey?: string;
  twilioAuthToken?: string;
  mode: Mode;
  settings?: string;
};

/** Creates or updates: run again with the same options it changes nothing. */
export async function addShop(domain: string, options: ShopOptions): Promise<Outcome> {
  const file: SettingsFile | null =
    options.settings === undefined ? null : await readSettingsFile(options.settings);
  const connection = readConnection(connectionSaid(options));
  const problems = [
    ...(connection.ok
      ? []
      : connection.problems.map((problem) => sayProblem(problem, "connection"))),
    ...(file === null || file.ok ? [] : file.problems),
  ];
  if (!connection.ok || problems.length > 0) return refused(...problems);
  return asOperator(async (operator) => {
    const prisma = await operator.prisma();
    const now = new Date();
    const known = await findShop(prisma, domain);
    const { config, pool } = operator;
    const account = await readAccount(connection.connection, config.customerio.trackUrl);
    const environment = account.kind === "known" ? account.environment : null;
    const neighbours = environment === null ? [] : await findNeighbours(pool, domain, environment);
    const settings = file?.ok ? file.settings : (known?.settings ?? { attribute_names: {} });
    const { region } = connection.connection;
    const obstacles = checkWorkspace({ mode: options.mode, region, settings }, account, neighbours);
    if (obstacles.length > 0)
      return refused(...obstacles.map((one) => sayProblem(one, "connection")));
    await registerInstall(prisma, domain, now);
    const shop = await findShop(prisma, domain);
    if (!shop) throw new Error("the shop vanished while it was added");
    await changeShop(
      prisma,
      shop,
      {
        mode: options.mode,
        credentials: sealConnection(operator.sealer, connection.connection),
        ...(file?.ok ? { settings: file.settings } : {}),
      },
      now,
    );
    await noteEnvironment(pool, shop.id, environment);
    const { mode } = options;
    const verb = known ? "updated" : "added";
    const notes = known && known.mode !== mode ? [`the mode was ${known.mode} until now`] : [];
    return done({ domain, mode, [verb]: true }, `${domain} ${verb}, mode ${mode}`, notes);
  });
}

function connectionSaid(options: ShopOptions): Record<string, unknown> {
  return {
    site_id: options.cioSiteId,
    api_key: options.cioApiKey,
    ...(options.cioRegion === undefined ? {} : { region: options.cioRegion }),
    ...(options.cioAppKey === undefined ? {} : { app_key: options.cioAppKey }),
    ...(options.cioSigningKey === undefined ? {} : { signing_key: options.cioSigningKey }),
    ...(options.twilioAuthToken === undefined
      ? {}
      : { twilio_auth_token: options.twilioAuthToken }),
  };
}

export function showShops(): Promise<Outcome> {
  return asOperator(async ({ pool }) => {
    const shops = await listShops(pool);
    if (shops.length === 0) return done(shops, "There are no shops.");
    const rows = shops.map((shop) => [
      shop.domain,
      shop.mode,
      say(shop.connected),
      say(shop.installedAt),
      say(shop.uninstalledAt),
    ]);
    return done(shops, table([["shop", "mode", "connected", "installed", "left"], ...rows]));
  });
}

export function showShop(domain: string): Promise<Outcome> {
  return forShop(domain, async ({ pool, sealer }, shop) => {
    const listed: ShopListed | undefined = (await listShops(pool)).find(
      (one) => one.domain === shop.domain,
    );
    const connection = describeConnection(sealer, shop.credentials);
    const data = { ...listed, connection, settings: shop.settings };
    return done(
      data,
      facts([
        ...Object.entries(listed ?? {}),
        ...Object.entries(connection ?? {}).map(
          ([name, value]) => [`connection ${name}`, value] as const,
        ),
        ...Object.entries(shop.settings),
      ]),
    );
  });
}

/** What may be shown of the keys: which workspace, and which of them there are. */
function describeConnection(sealer: Sealer, sealed: string | null) {
  if (sealed === null) return null;
  const connection = tryOpen(sealer, sealed);
  if (connection === null) return { opens: false };
  const { region, site_id, app_key, signing_key, twilio_auth_token } = connection;
  return {
    opens: true,
    region,
    site_id,
    api_key: true,
    app_key: app_key !== null,
    signing_key: signing_key !== null,
    twilio_auth_token: twilio_auth_token !== null,
  };
}

/** Null when it was sealed by a key that is not at hand. */
function tryOpen(sealer: Sealer, sealed: string): Connection | null {
  try {
    return openConnection(sealer, sealed);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

export function eraseShop(domain: string): Promise<Outcome> {
  return forShop(domain, async ({ pool }, shop) => {
    const removed = await removeShop(pool, shop);
    if (!removed) return refused(`${shop.domain} is being worked on without a pause: try again`);
    return done({ domain: shop.domain, removed: true }, `${shop.domain} removed`, [
      "Everything Ringtrue knew of the shop is erased; what it wrote to Customer.io stays there.",
    ]);
  });
}
