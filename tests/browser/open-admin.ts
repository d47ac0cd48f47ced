/**
 * A real Chromium that opens the app's pages as the admin would, and can reach nothing but this
 * machine. What the page writes to its console as an error fails the test that asks for it.
 */
import { readFileSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { inject } from "vitest";
import { adminAddress, signSessionToken } from "./session-token.ts";

/** Shopify's library turns away what calls itself headless. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const STUB = readFileSync(new URL("./app-bridge-stub.js", import.meta.url), "utf8");
const OFFLINE_FLAGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

export type AdminPage = {
  page: Page;
  faults: string[];
  visit(path: string): Promise<void>;
  close(): Promise<void>;
};

export async function startBrowser(): Promise<Browser> {
  const { chromium: executablePath } = inject("services").tools;
  if (executablePath === null) throw new Error("chromium is not installed");
  return chromium.launch({ executablePath, args: OFFLINE_FLAGS });
}

export async function openAdmin(
  browser: Browser,
  app: string,
  shop: string,
  width = 1440,
): Promise<AdminPage> {
  const context = await browser.newContext({
    userAgent: USER_AGENT,
    viewport: { width, height: 900 },
  });
  await context.exposeFunction("__signSessionToken", () => signSessionToken(shop));
  await context.route("https://cdn.shopify.com/**", (route) =>
    route.request().url().endsWith("/app-bridge.js")
      ? route.fulfill({ contentType: "text/javascript", body: STUB })
      : route.fulfill({ contentType: "text/css", body: "" }),
  );
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  return {
    page,
    faults,
    visit: async (path) => {
      await page.goto(app + adminAddress(path, shop));
      await page.waitForLoadState("networkidle");
    },
    close: () => context.close(),
  };
}
