// Looking at a workspace's profiles before anything is told, and what a preview makes of it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { compareProfiles } from "#app/core/tell/compare-profiles.ts";
import { countLookedAt, profilesBeside } from "#app/db/preview-profiles.ts";
import { expireSeen } from "#app/db/profile-seen.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import { startAppChores, type AppChores } from "../support/app-chores.ts";
import { sendOrder, writeProfile } from "../support/before-going-live.ts";
import { SHOP, startPipeline, type Pipeline } from "../support/pipeline.ts";

let pipeline: Pipeline;
let chores: AppChores;
beforeEach(async () => {
  pipeline = await startPipeline({ mode: "observe" });
  chores = await startAppChores(pipeline);
});
afterEach(() => pipeline.close());

const AT = "2026-11-20T10:00:00Z";

const orders = (id: number, email: string | null, more: object = {}): Promise<void> =>
  sendOrder(pipeline, id, email, more);
const stands = (identifiers: object, attributes: object): Promise<void> =>
  writeProfile(pipeline, identifiers, attributes);

type Seen = { address: string; found: string; had: Record<string, unknown> };

async function seen(): Promise<Seen[]> {
  const { rows } = await pipeline.pool.query<Seen>(
    "SELECT address, found, had FROM profile_seen ORDER BY address",
  );
  return rows;
}

function appRequests(): number {
  return pipeline.customerio.control.requests().filter(({ path }) => path.startsWith("/v1/"))
    .length;
}

test("of a profile found by email or id, the values under the shop's own names are kept, and nothing else", async () => {
  await stands(
    { email: "ada@example.com" },
    { phone: "+4930901820", sms_consent: true, mood: "good" },
  );
  await stands({ id: "77" }, { orders_count: 4, first_name: "Grace" });
  await orders(1, "Ada@example.com");
  await orders(2, null, { customer: { id: 77, created_at: AT, updated_at: AT, phone: null } });
  await orders(3, "new@example.com");
  expect(await chores.lookUp()).toMatchObject({ isDone: true });
  expect(await seen()).toEqual([
    {
      address: "email:ada@example.com",
      found: "one",
      had: { phone: "+4930901820", sms_consent: true },
    },
    { address: "email:new@example.com", found: "none", had: {} },
    { address: "id:77", found: "one", had: { orders_count: 4 } },
  ]);
});

test("nobody is looked at twice, and who comes later is looked at too", async () => {
  await orders(1, "ada@example.com");
  await chores.lookUp();
  const asked = appRequests();
  await chores.lookUp();
  expect(appRequests()).toBe(asked);
  await orders(2, "bob@example.com");
  await chores.lookUp();
  expect((await seen()).map(({ address }) => address)).toEqual([
    "email:ada@example.com",
    "email:bob@example.com",
  ]);
});

test("when the App API says not now, nothing is found out, and it goes on where it stood", async () => {
  await orders(1, "ada@example.com");
  pipeline.customerio.control.plan({
    fault: "fail",
    status: 429,
    retryAfter: 7,
    path: "/v1/",
    times: 1,
  });
  expect(await chores.lookUp()).toMatchObject({ againInMs: 7_000, isDone: false });
  expect(await seen()).toEqual([]);
  expect(await chores.lookUp()).toMatchObject({ isDone: true });
  expect(await seen()).toHaveLength(1);
});

test("who was told is not looked at: what stands there by now may be our own word", async () => {
  await orders(1, "ada@example.com");
  await pipeline.pool.query("UPDATE shop SET mode = 'live', live_since = now()");
  await pipeline.settle();
  await orders(2, "ada@example.com", { updated_at: "2026-11-20T12:00:00Z" });
  await chores.lookUp();
  expect(await seen()).toEqual([]);
});

test("when the shop's attribute names change, everybody is looked at anew", async () => {
  await stands({ email: "ada@example.com" }, { phone: "+4930901820", mobile: "+4930901821" });
  await orders(1, "ada@example.com");
  await chores.lookUp();
  await pipeline.pool.query(
    `UPDATE shop SET settings = jsonb_set(settings::jsonb, '{attribute_names}', '{"phone":"mobile"}')::json`,
  );
  await chores.lookUp();
  expect((await seen())[0]?.had).toEqual({ mobile: "+4930901821" });
});

test("what was seen is erased with the shopper, and thirty days after going live", async () => {
  await stands({ email: "ada@example.com" }, { phone: "+4930901820" });
  await orders(1, "ada@example.com", {
    customer: { id: 7, email: "ada@example.com", created_at: AT, updated_at: AT },
  });
  await orders(2, "bob@example.com");
  await chores.lookUp();
  const redacted = {
    customer: { id: 7, email: "ada@example.com" },
    shop_domain: SHOP,
    orders_to_redact: [],
  };
  await pipeline.send({ topic: "customers/redact", body: redacted });
  await pipeline.merge(SHOP);
  expect((await seen()).map(({ address }) => address)).toEqual(["email:bob@example.com"]);
  await pipeline.pool.query("UPDATE shop SET live_since = now() - interval '29 days'");
  expect(await expireSeen(pipeline.pool)).toBe(0);
  await pipeline.pool.query("UPDATE shop SET live_since = now() - interval '31 days'");
  expect(await expireSeen(pipeline.pool)).toBe(1);
});

test("the preview counts who was found, and says what would be told beside what stands there", async () => {
  await stands(
    { email: "ada@example.com" },
    { phone: "+4930901820", currency: "USD", sms_consent: true },
  );
  await stands({ id: "77" }, {});
  await orders(1, "ada@example.com");
  await orders(2, null, { customer: { id: 77, created_at: AT, updated_at: AT, phone: null } });
  await orders(3, "new@example.com");
  await chores.lookUp();
  await orders(4, "late@example.com");
  const shop = await loadWorkingShop(pipeline.pool, SHOP);
  if (!shop) throw new Error("there is a shop");
  expect(await countLookedAt(pipeline.pool, shop.id)).toEqual({
    byEmail: 1,
    byId: 1,
    notFound: 1,
    foundTwice: 0,
    notLookedAt: 1,
  });
  const { add, result } = compareProfiles(shop.settings);
  for await (const { told, there } of profilesBeside(pipeline.pool, shop.id)) add(told, there);
  expect(result.attributes.get("phone")).toEqual({
    name: "phone",
    same: 0,
    new: 1,
    changed: 1,
    samples: [{ there: "+4930901820", told: "+14155552671" }],
  });
  expect(result.attributes.get("currency")).toMatchObject({ same: 1, new: 1, changed: 0 });
  expect(Object.fromEntries(result.lost)).toEqual({ no_consent: 1 });
});
