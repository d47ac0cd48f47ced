import { expect, test } from "vitest";

import { createSecretsReader, type ShopSecrets } from "./shop-secrets.ts";

const namedAfter = async (shop: string): Promise<ShopSecrets> => ({
  twilio: shop,
  customerio: null,
});

function bench(load = namedAfter) {
  const loaded: string[] = [];
  let now = 0;
  const reader = createSecretsReader(
    (shop) => {
      loaded.push(shop);
      return load(shop);
    },
    () => now,
  );
  return { reader, loaded, at: (ms: number) => (now = ms) };
}

test("secrets are read once in thirty seconds, whether somebody asks meanwhile or not", async () => {
  const { reader, loaded, at } = bench();
  expect(await reader.read("a")).toEqual({ twilio: "a", customerio: null });
  await Promise.all([reader.read("a"), reader.read("a")]);
  at(29_999);
  await reader.read("a");
  expect(loaded).toEqual(["a"]);
  at(30_000);
  await reader.read("a");
  expect(loaded).toEqual(["a", "a"]);
});

test("who needs them newer gets them newer, and so does everybody after", async () => {
  const { reader, loaded, at } = bench();
  await reader.read("a");
  at(999);
  await reader.read("a", 1_000);
  expect(loaded).toHaveLength(1);
  at(1_000);
  await reader.read("a", 1_000);
  at(30_500);
  await reader.read("a");
  expect(loaded).toHaveLength(2);
});

test("a failure is not kept", async () => {
  let fails = true;
  const { reader } = bench(async () => {
    if (fails) throw new Error("no database");
    return { twilio: "t", customerio: "c" };
  });
  await expect(reader.read("a")).rejects.toThrow("no database");
  fails = false;
  expect(await reader.read("a")).toEqual({ twilio: "t", customerio: "c" });
});

test("a thousand shops are kept, and the one read longest ago makes room", async () => {
  const { reader, loaded } = bench();
  for (let i = 0; i < 1_001; i += 1) await reader.read(`shop-${i}`);
  expect(loaded).toHaveLength(1_001);
  await reader.read("shop-1");
  await reader.read("shop-1000");
  expect(loaded).toHaveLength(1_001);
  await reader.read("shop-0");
  expect(loaded.at(-1)).toBe("shop-0");
});
