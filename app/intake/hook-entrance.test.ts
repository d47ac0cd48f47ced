import { expect, test } from "vitest";

import { hookAt } from "./hook-entrance.ts";

const SHOP = "one.myshopify.com";

test("each sender has its address for each shop, in any case", () => {
  expect(hookAt(`/hooks/twilio/${SHOP}`)).toEqual({ kind: "twilio", shop: SHOP });
  expect(hookAt(`/hooks/customerio/${SHOP}`)).toEqual({ kind: "report", shop: SHOP });
  expect(hookAt(`/hooks/customerio/${SHOP}/reply`)).toEqual({
    kind: "reply",
    shop: SHOP,
  });
  expect(hookAt("/hooks/twilio/One.MyShopify.com")?.shop).toBe(SHOP);
});

test("a name that no shop can have is nobody's", () => {
  for (const name of ["evil.com", "%2e%2e", "a.myshopify.com.evil.com", "x".repeat(300)])
    expect(hookAt(`/hooks/twilio/${name}`)).toEqual({ kind: "twilio", shop: null });
});

test("nothing else is an address", () => {
  for (const path of [
    "/hooks/",
    "/hooks/twilio",
    "/hooks/twilio/",
    `/hooks/twilio/${SHOP}/`,
    `/hooks/twilio/${SHOP}/reply`,
    `/hooks/customerio/${SHOP}/replies`,
    `/hooks/customerio/${SHOP}/reply/`,
    `/hooks/other/${SHOP}`,
    `/x/hooks/twilio/${SHOP}`,
  ])
    expect(hookAt(path), path).toBeUndefined();
});
