import { expect, test } from "vitest";
import { ATTRIBUTE_NAMES } from "./attribute-names.ts";
import { checkWorkspace } from "./shared-workspace.ts";

const US = { kind: "known", region: "us", environment: "us:7" } as const;
const USUAL = { attribute_names: {} };
const PREFIXED = {
  attribute_names: Object.fromEntries(
    ATTRIBUTE_NAMES.filter((name) => name !== "email").map((name) => [name, `two_${name}`]),
  ),
};
const OTHER = [{ domain: "one.myshopify.com", settings: USUAL }];

test("two shops that write the same attribute names to one workspace are not both live", () => {
  const shop = { mode: "live", region: "us", settings: USUAL } as const;
  expect(checkWorkspace(shop, US, OTHER)).toEqual([
    { field: "mode", problem: expect.stringContaining("one.myshopify.com") },
  ]);
  expect(checkWorkspace({ ...shop, mode: "observe" }, US, OTHER)).toEqual([]);
  expect(checkWorkspace({ ...shop, settings: PREFIXED }, US, OTHER)).toEqual([]);
  expect(checkWorkspace(shop, US, [])).toEqual([]);
});

test("a single name in common is enough to be refused", () => {
  const attribute_names = { ...PREFIXED.attribute_names, phone: "phone" };
  const shop = { mode: "live", region: "us", settings: { attribute_names } } as const;
  expect(checkWorkspace(shop, US, OTHER)).toMatchObject([
    { problem: expect.stringContaining("writes phone to the same workspace") },
  ]);
});

test("a wrong region and keys that are not accepted are told; a workspace out of reach is no obstacle", () => {
  const shop = { mode: "live", region: "eu", settings: USUAL } as const;
  expect(checkWorkspace(shop, US, [])).toMatchObject([{ field: "connection.region" }]);
  expect(checkWorkspace(shop, { kind: "unauthorized" }, [])).toMatchObject([
    { field: "connection.api_key" },
  ]);
  expect(checkWorkspace(shop, { kind: "unknown", reason: "timeout" }, OTHER)).toEqual([]);
});
