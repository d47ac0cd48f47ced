/**
 * What Shopify's Admin API answered, in the few ways it can be acted upon. Details carry codes and
 * Shopify's own words about the request, never a token.
 */
import {
  GraphqlQueryError,
  HttpRequestError,
  HttpResponseError,
  HttpThrottlingError,
} from "@shopify/shopify-api";
import { z } from "zod";

export type AdminAnswer<Value> =
  | { kind: "ok"; value: Value }
  /** There is no such record. */
  | { kind: "missing" }
  /** No session, a token refused, a scope that is missing: for a person to mend. */
  | { kind: "denied"; reason: string }
  /** A retry does not help. */
  | { kind: "refused"; detail: string }
  | { kind: "later"; reason: string; retryAfterMs: number | null };

export type AdminFailure = Exclude<AdminAnswer<never>, { kind: "ok" } | { kind: "missing" }>;

const DETAIL_MAX = 200;

const graphqlFault = z.object({
  errors: z.object({
    graphQLErrors: z.array(
      z.object({
        message: z.string(),
        extensions: z.object({ code: z.string().optional() }).optional(),
      }),
    ),
  }),
  extensions: z
    .object({
      cost: z.object({
        requestedQueryCost: z.number(),
        throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number() }),
      }),
    })
    .optional(),
});

/** Faults that are none of Shopify's are thrown on. */
export function sortAdminFault(fault: unknown): AdminFailure {
  if (fault instanceof GraphqlQueryError) return sortGraphqlFault(fault);
  if (fault instanceof HttpThrottlingError) {
    const { retryAfter } = fault.response;
    const retryAfterMs = retryAfter === undefined ? null : retryAfter * 1_000;
    return { kind: "later", reason: "throttled", retryAfterMs };
  }
  if (fault instanceof HttpResponseError) return sortStatus(fault.response.code);
  if (fault instanceof HttpRequestError) return later("network");
  // What the library throws when a token could not be refreshed, whatever the cause.
  if (fault instanceof Response) return later("token_not_refreshed");
  throw fault;
}

export function later(reason: string): AdminFailure {
  return { kind: "later", reason, retryAfterMs: null };
}

function sortStatus(status: number): AdminFailure {
  if (status === 401 || status === 403) return { kind: "denied", reason: "token_refused" };
  // 402 and 423: the shop is frozen or locked; 404: its address is nobody's for now.
  if (status >= 500 || [402, 404, 408, 423, 429, 430].includes(status)) {
    return later(`status_${status}`);
  }
  return { kind: "refused", detail: `status_${status}` };
}

function sortGraphqlFault({ body }: GraphqlQueryError): AdminFailure {
  const reading = graphqlFault.safeParse(body);
  if (!reading.success) return later("unreadable_answer");
  const { errors, extensions } = reading.data;
  const codes = errors.graphQLErrors.map((error) => error.extensions?.code);
  if (codes.includes("THROTTLED")) {
    return { kind: "later", reason: "throttled", retryAfterMs: refillMs(extensions) };
  }
  if (codes.includes("ACCESS_DENIED")) return { kind: "denied", reason: "access_denied" };
  if (codes.some((code) => code === "INTERNAL_SERVER_ERROR" || code === "TIMEOUT")) {
    return later("shopify_fails");
  }
  return { kind: "refused", detail: (errors.graphQLErrors[0]?.message ?? "").slice(0, DETAIL_MAX) };
}

/** Until the bucket holds what the query costs. */
function refillMs(extensions: z.output<typeof graphqlFault>["extensions"]): number | null {
  if (!extensions) return null;
  const { requestedQueryCost, throttleStatus } = extensions.cost;
  const lacking = requestedQueryCost - throttleStatus.currentlyAvailable;
  return Math.max(0, Math.ceil((lacking / throttleStatus.restoreRate) * 1_000));
}
