import { expect, test } from "vitest";

import { readJob } from "./catalogue.ts";

test("a job carries its shop and nothing else", () => {
  expect(readJob("merge", { shop: "a.myshopify.com", phone: "+1" })).toEqual({
    shop: "a.myshopify.com",
  });
});

test("a job that lost its payload is nobody's", () => {
  for (const data of [undefined, null, {}, { shop: "" }, { shop: 1 }, "shop"]) {
    expect(readJob("deliver", data)).toBeNull();
  }
});
