import { createHmac } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { startShopify } from "../start-shopify.ts";
import type { Webhook } from "../model.ts";
import { perform } from "../verbs.ts";

const SHOP = "one.myshopify.com";
const APP = { apiKey: "key", secret: "secret" };
const running = await startShopify({ ...APP, appUrl: "http://127.0.0.1:1" });
const { shopify, url } = running;
let told: Webhook[] = [];

afterAll(() => running.close());

beforeEach(() => {
  shopify.reset();
  told = [];
  shopify.divert((webhook) => told.push(webhook));
  shopify.openShop(SHOP);
});

function sessionToken(claims: Record<string, unknown> = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const unsigned = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ aud: "key", dest: `https://${SHOP}`, exp: now + 60, ...claims })}`;
  return `${unsigned}.${createHmac("sha256", APP.secret).update(unsigned).digest("base64url")}`;
}

async function post(
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-shopify-shop-domain": SHOP, ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: Object(await answer.json()) };
}

function exchange(more: object = {}): ReturnType<typeof post> {
  return post("/admin/oauth/access_token", {
    client_id: APP.apiKey,
    client_secret: APP.secret,
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: sessionToken(),
    subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
    expiring: "1",
    ...more,
  });
}

function refresh(token: unknown): ReturnType<typeof post> {
  return post("/admin/oauth/access_token", {
    client_id: APP.apiKey,
    client_secret: APP.secret,
    grant_type: "refresh_token",
    refresh_token: token,
  });
}

async function graphql(query: string, variables: object = {}): Promise<Record<string, unknown>> {
  const token = String((await exchange()).body["access_token"]);
  const answer = await post(
    "/admin/api/2026-10/graphql.json",
    { query, variables },
    { "x-shopify-access-token": token },
  );
  expect(answer.status).toBe(200);
  return answer.body;
}

describe("tokens", () => {
  test("a session token is exchanged for an expiring token with a refresh token", async () => {
    const { status, body } = await exchange();
    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_in: 3600, refresh_token_expires_in: 7_776_000 });
  });

  test("a session token of another app, an expired one and a forged one are refused", async () => {
    for (const subject of [
      sessionToken({ aud: "other" }),
      sessionToken({ exp: 1 }),
      `${sessionToken()}x`,
    ]) {
      const { status, body } = await exchange({ subject_token: subject });
      expect([status, body["error"]]).toEqual([400, "invalid_subject_token"]);
    }
  });

  test("refresh tokens rotate, and the old one serves until its replacement was used", async () => {
    const first = (await exchange()).body["refresh_token"];
    const second = (await refresh(first)).body["refresh_token"];
    expect(second).not.toBe(first);
    expect((await refresh(first)).body["refresh_token"]).toBe(second);
    expect((await refresh(second)).status).toBe(200);
    expect((await refresh(first)).body["error"]).toBe("invalid_grant");
  });

  test("refusing tokens can be switched on", async () => {
    shopify.faults.refuseTokens = 1;
    expect((await exchange()).body["error"]).toBe("invalid_grant");
    expect((await exchange()).status).toBe(200);
  });
});

describe("Admin GraphQL", () => {
  test("a token that was never granted, or has expired, is a 401", async () => {
    const token = String((await exchange()).body["access_token"]);
    shopify.tokens.expireAll();
    const answer = await post(
      "/admin/api/2026-10/graphql.json",
      { query: "{ shop { name } }" },
      { "x-shopify-access-token": token },
    );
    expect(answer.status).toBe(401);
  });

  test("a field that the schema does not have is its real validation error", async () => {
    const { errors, data } = await graphql("{ shop { phoneNumberOfTheOwner } }");
    expect(data).toBeUndefined();
    expect(JSON.stringify(errors)).toContain(
      'Cannot query field \\"phoneNumberOfTheOwner\\" on type \\"Shop\\"',
    );
  });

  test("shop, customers and orders are answered from the shop, with their cost", async () => {
    const shop = shopify.openShop(SHOP);
    for (const name of ["ana", "bo", "cy"]) {
      const args = {
        email: `${name}@example.com`,
        phone: "415-555-2671",
        billing: { name: `${name} Ruiz` },
      };
      perform(shop, { verb: "buyNow", args });
    }
    const { data, extensions } = await graphql(`
      {
        shop {
          myshopifyDomain
          shopAddress {
            countryCodeV2
          }
          marketingSmsConsentEnabledAtCheckout
        }
        customers(first: 2) {
          nodes {
            id
            defaultEmailAddress {
              emailAddress
            }
            defaultPhoneNumber {
              phoneNumber
            }
          }
          pageInfo {
            hasNextPage
          }
        }
        orders(first: 5, query: "email:bo@example.com") {
          edges {
            node {
              phone
              checkoutToken
              billingAddress {
                countryCodeV2
              }
              customer {
                id
              }
            }
          }
        }
      }
    `);
    expect(data).toMatchObject({
      shop: { myshopifyDomain: SHOP, shopAddress: { countryCodeV2: "US" } },
      customers: {
        nodes: [{ defaultEmailAddress: { emailAddress: "ana@example.com" } }, {}],
        pageInfo: { hasNextPage: true },
      },
      orders: {
        edges: [{ node: { phone: "415-555-2671", billingAddress: { countryCodeV2: "US" } } }],
      },
    });
    expect(extensions).toMatchObject({
      cost: { throttleStatus: { maximumAvailable: 2000, restoreRate: 100 } },
    });
  });

  const WRITE = `mutation ($input: CustomerSmsMarketingConsentUpdateInput!) {
    customerSmsMarketingConsentUpdate(input: $input) {
      customer { defaultPhoneNumber { smsMarketingConsent { state optInLevel } } } userErrors { field message code }
    }
  }`;

  test("writing an SMS consent changes the customer and comes back as a webhook", async () => {
    const shop = shopify.openShop(SHOP);
    const id = perform(shop, {
      verb: "createCustomer",
      args: { name: "Ana Ruiz", email: null, phone: "415-555-2671" },
    });
    const input = {
      customerId: `gid://shopify/Customer/${id}`,
      smsMarketingConsent: { marketingState: "UNSUBSCRIBED" },
    };
    const { data } = await graphql(WRITE, { input });
    expect(data).toMatchObject({
      customerSmsMarketingConsentUpdate: {
        customer: { defaultPhoneNumber: { smsMarketingConsent: { state: "UNSUBSCRIBED" } } },
        userErrors: [],
      },
    });
    expect(told.at(-1)?.topic).toBe("customers_marketing_consent/update");
    expect(told.at(-1)?.body.toString()).toContain('"state":"unsubscribed"');
  });

  test("a customer without a phone has no SMS consent to write", async () => {
    const id = perform(shopify.openShop(SHOP), {
      verb: "createCustomer",
      args: { name: "Ana Ruiz", email: "ana@example.com" },
    });
    const input = {
      customerId: `gid://shopify/Customer/${id}`,
      smsMarketingConsent: { marketingState: "SUBSCRIBED" },
    };
    const { data } = await graphql(WRITE, { input });
    expect(data).toMatchObject({
      customerSmsMarketingConsentUpdate: { customer: null, userErrors: [{ code: "INVALID" }] },
    });
  });

  test("a throttled request is an error with the code THROTTLED on a 200", async () => {
    shopify.faults.throttle = 1;
    expect(await graphql("{ shop { name } }")).toMatchObject({
      errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
    });
  });

  test("a root field the simulator does not know is a clear error, never an invented answer", async () => {
    expect(JSON.stringify(await graphql("{ locations(first: 1) { nodes { id } } }"))).toContain(
      "does not answer QueryRoot.locations",
    );
  });
});
