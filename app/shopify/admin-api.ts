/**
 * Shopify's Admin API as a worker speaks it, without anybody's request: with the shop's offline
 * token. Those expire and rotate, and two that refresh one at a time would each throw the other's
 * away, so a token is refreshed under the shop's lock. The shop is one that merge met, never one
 * that a request names.
 */
import type pg from "pg";
import { z } from "zod";
import { withSessionLock } from "#app/db/shop-lock.ts";
import { later, sortAdminFault, type AdminAnswer } from "./admin-answer.ts";
import { CUSTOMERS_UNSUBSCRIBED, END_SMS_CONSENT, SMS_CONSENT } from "./admin-operations.ts";
import type { Shopify } from "./app.ts";

export type { AdminAnswer } from "./admin-answer.ts";

export type SmsConsent = {
  /** As Shopify has it: E.164, or null. */
  phone: string | null;
  /** NOT_SUBSCRIBED, PENDING, REDACTED, SUBSCRIBED, UNSUBSCRIBED; null without a phone. */
  state: string | null;
  updatedAt: Date | null;
};

export type CustomerUnsubscribed = {
  /** The number in Shopify's id. */
  customer: string;
  phone: string | null;
  /** When, as Shopify has it. */
  at: Date | null;
};

export type AdminApi = {
  /** A page of the customers whose SMS consent is UNSUBSCRIBED. `after` is the `next` of the page before. */
  customersUnsubscribed(
    after: string | null,
  ): Promise<AdminAnswer<{ customers: CustomerUnsubscribed[]; next: string | null }>>;
  /** `customerId` is the number in Shopify's id. */
  smsConsentOf(customerId: string): Promise<AdminAnswer<SmsConsent>>;
  /** UNSUBSCRIBED since `at`, to the second. Changes nothing but the record. */
  endSmsConsent(customerId: string, at: Date): Promise<AdminAnswer<null>>;
};

export type OpenAdminApi = (shop: { id: number; domain: string }) => Promise<AdminAnswer<AdminApi>>;

const TIMEOUT_MS = 10_000;
const REFRESH_WITHIN_MS = 5 * 60_000;

type Admin = Awaited<ReturnType<Shopify["unauthenticated"]["admin"]>>["admin"];

export function createAdminOpener({
  shopify,
  pool,
}: {
  shopify: Shopify;
  pool: pg.Pool;
}): OpenAdminApi {
  return async ({ id, domain }) => {
    const session = await shopify.sessionStorage.loadSession(`offline_${domain}`);
    if (!session) return { kind: "denied", reason: "no_session" };
    const enter = async (): Promise<AdminAnswer<AdminApi>> => {
      try {
        const { admin } = await shopify.unauthenticated.admin(domain);
        return { kind: "ok", value: adminApi(admin) };
      } catch (fault) {
        return sortAdminFault(fault);
      }
    };
    if (!session.isExpired(REFRESH_WITHIN_MS)) return enter();
    const refreshed = await withSessionLock(pool, "token", id, enter);
    return refreshed.held ? refreshed.result : later("token_being_refreshed");
  };
}

const defaultPhoneNumber = z
  .object({
    phoneNumber: z.string().nullable(),
    smsMarketingConsent: z
      .object({ state: z.string(), updatedAt: z.coerce.date().nullable() })
      .nullable(),
  })
  .nullable();

const consentFound = z.object({
  data: z.object({ customer: z.object({ defaultPhoneNumber }).nullable() }),
});

const unsubscribedFound = z.object({
  data: z.object({
    customers: z.object({
      nodes: z.array(z.object({ legacyResourceId: z.coerce.string(), defaultPhoneNumber })),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }),
});

const consentWritten = z.object({
  data: z.object({
    customerSmsMarketingConsentUpdate: z.object({
      userErrors: z.array(z.object({ message: z.string(), code: z.string().nullable() })),
    }),
  }),
});

function adminApi(admin: Admin): AdminApi {
  return {
    async smsConsentOf(customerId) {
      const answer = await ask(admin, SMS_CONSENT, { id: gidOf(customerId) }, consentFound);
      if (answer.kind !== "ok") return answer;
      const { customer } = answer.value.data;
      if (customer === null) return { kind: "missing" };
      const { phoneNumber = null, smsMarketingConsent = null } = customer.defaultPhoneNumber ?? {};
      const { state = null, updatedAt = null } = smsMarketingConsent ?? {};
      return { kind: "ok", value: { phone: phoneNumber, state, updatedAt } };
    },
    async customersUnsubscribed(after) {
      const answer = await ask(admin, CUSTOMERS_UNSUBSCRIBED, { after }, unsubscribedFound);
      if (answer.kind !== "ok") return answer;
      const { nodes, pageInfo } = answer.value.data.customers;
      const customers = nodes.flatMap(({ legacyResourceId, defaultPhoneNumber: phone }) => {
        const consent = phone?.smsMarketingConsent;
        if (consent?.state !== "UNSUBSCRIBED") return [];
        const at = consent.updatedAt;
        return [{ customer: legacyResourceId, phone: phone?.phoneNumber ?? null, at }];
      });
      return {
        kind: "ok",
        value: { customers, next: pageInfo.hasNextPage ? pageInfo.endCursor : null },
      };
    },
    async endSmsConsent(customerId, at) {
      const consentUpdatedAt = `${at.toISOString().slice(0, 19)}Z`;
      const smsMarketingConsent = { marketingState: "UNSUBSCRIBED", consentUpdatedAt };
      const input = { customerId: gidOf(customerId), smsMarketingConsent };
      const answer = await ask(admin, END_SMS_CONSENT, { input }, consentWritten);
      if (answer.kind !== "ok") return answer;
      const { userErrors } = answer.value.data.customerSmsMarketingConsentUpdate;
      const [error] = userErrors;
      if (!error) return { kind: "ok", value: null };
      if (error.code === "INTERNAL_ERROR") return later("shopify_fails");
      return { kind: "refused", detail: `${error.code ?? ""} ${error.message}`.trim() };
    },
  };
}

async function ask<Body>(
  admin: Admin,
  operation: string,
  variables: Record<string, unknown>,
  schema: z.ZodType<Body>,
): Promise<AdminAnswer<Body>> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await admin.graphql(operation, { variables, signal });
    const body: unknown = await answer.json();
    const reading = schema.safeParse(body);
    return reading.success ? { kind: "ok", value: reading.data } : later("unreadable_answer");
  } catch (fault) {
    return sortAdminFault(fault);
  }
}

function gidOf(customerId: string): string {
  return `gid://shopify/Customer/${customerId}`;
}
