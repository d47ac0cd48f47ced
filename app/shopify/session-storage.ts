/**
 * Where Shopify sessions are kept: Shopify's own Prisma storage, with every token sealed before it
 * reaches the table and opened after it left it. What stands in the table is of no use to whoever
 * reads it. A session whose tokens can no longer be opened (its key is gone) counts as none, so that
 * the next visit exchanges a fresh one instead of failing for ever.
 */
import { Session } from "@shopify/shopify-api";
import {
  MissingSessionTableError,
  PrismaSessionStorage,
} from "@shopify/shopify-app-session-storage-prisma";
import type { shopifyApp } from "@shopify/shopify-app-remix/server";
import type { PrismaClient } from "@prisma/client";
import { SealError, type Sealer } from "#app/platform/crypto.ts";
import type { Log } from "#app/platform/log.ts";

export type SessionStorage = NonNullable<Parameters<typeof shopifyApp>[0]["sessionStorage"]>;

export type SessionStorageParts = { prisma: PrismaClient; sealer: Sealer; log: Log };

/** The five methods of Shopify's SessionStorage; faults of the database are thrown. */
export function createSessionStorage({ prisma, sealer, log }: SessionStorageParts): SessionStorage {
  const useInner = createLazyStorage(prisma);

  function openOrNone(session: Session | undefined): Session | undefined {
    if (!session) return undefined;
    try {
      return replaceTokens(session, (token) => sealer.open(token));
    } catch (err) {
      if (!(err instanceof SealError)) throw err;
      log.warn(
        { err, shop: session.shop },
        "a stored session cannot be opened and is treated as none",
      );
      return undefined;
    }
  }

  return {
    storeSession: (session) =>
      useInner((inner) =>
        inner.storeSession(replaceTokens(session, (token) => sealer.seal(token))),
      ),
    loadSession: (id) => useInner(async (inner) => openOrNone(await inner.loadSession(id))),
    // The inner deleteSession hides failures, and an uninstall must know that its session is gone.
    deleteSession: (id) => useInner((inner) => inner.deleteSessions([id])),
    deleteSessions: (ids) => useInner((inner) => inner.deleteSessions(ids)),
    findSessionsByShop: (shop) =>
      useInner(async (inner) => {
        const found = await inner.findSessionsByShop(shop);
        return found.map(openOrNone).filter((session) => session !== undefined);
      }),
  };
}

/**
 * The inner storage counts its table once, when it is made, and stays broken if that fails. It is
 * therefore made at first use, and made anew after a failure, so that a database that was away for
 * a moment costs a request and not the process.
 */
function createLazyStorage(prisma: PrismaClient) {
  let inner: PrismaSessionStorage<PrismaClient> | null = null;
  return async function useInner<Result>(
    use: (storage: PrismaSessionStorage<PrismaClient>) => Promise<Result>,
  ): Promise<Result> {
    inner ??= new PrismaSessionStorage(prisma, {
      connectionRetries: 1,
      connectionRetryIntervalMs: 0,
    });
    try {
      return await use(inner);
    } catch (error) {
      if (error instanceof MissingSessionTableError) inner = null;
      throw error;
    }
  };
}

function replaceTokens(session: Session, replace: (token: string) => string): Session {
  const { accessToken, refreshToken, ...rest } = session.toObject();
  return new Session({
    ...rest,
    ...(accessToken ? { accessToken: replace(accessToken) } : {}),
    ...(refreshToken ? { refreshToken: replace(refreshToken) } : {}),
  });
}
