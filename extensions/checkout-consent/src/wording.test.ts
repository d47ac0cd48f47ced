import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readWording } from "./wording.ts";

type Texts = { [key: string]: string | Texts };

function readLocale(name: string): Texts {
  return JSON.parse(readFileSync(new URL(`../locales/${name}.json`, import.meta.url), "utf8"));
}

function listKeys(texts: Texts, prefix = ""): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [prefix + key] : listKeys(value, `${prefix}${key}.`),
  );
}

const translate = (key: string, values?: Record<string, string>) =>
  values ? `${key} ${JSON.stringify(values)}` : key;

test("without settings the shopper reads our words, which name the shop", () => {
  expect(readWording({}, "Fern & Fig", translate)).toEqual({
    label: "label",
    phoneLabel: "phone",
    disclosure: 'disclosure {"shop":"Fern & Fig"}',
    terms: null,
    privacy: null,
  });
});

test("the merchant's own words win, and only secure links are shown", () => {
  const settings = {
    label: " Yes ",
    disclosure: "",
    terms_url: "https://fern.example/terms",
    privacy_url: "javascript:alert(1)",
  };
  const wording = readWording(settings, "Fern & Fig", translate);
  expect(wording.label).toBe("Yes");
  expect(wording.disclosure).toContain("Fern & Fig");
  expect(wording.terms).toEqual({ url: "https://fern.example/terms", text: "terms" });
  expect(wording.privacy).toBeNull();
});

test("every language has every text, and every disclosure names the shop, STOP and HELP", () => {
  const english = readLocale("en.default");
  const german = readLocale("de");
  expect(listKeys(german)).toEqual(listKeys(english));
  for (const { disclosure } of [english, german]) {
    for (const word of ["{{shop}}", "STOP", "HELP"]) expect(disclosure).toContain(word);
  }
});
