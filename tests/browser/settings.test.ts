import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { describeWith } from "../support/describe-with.ts";
import { openAdmin, startBrowser, type AdminPage } from "./open-admin.ts";
import { startApp, type RunningApp } from "./start-app.ts";

const SHOP = "fern.myshopify.com";

describeWith("chromium", "the settings page", () => {
  let app: RunningApp;
  let browser: Browser;
  let admin: AdminPage;

  beforeAll(async () => {
    app = await startApp();
    browser = await startBrowser();
  });

  beforeEach(async () => {
    await app.database.pool.query("TRUNCATE shop, session");
    await app.welcome(SHOP);
    admin = await openAdmin(browser, app.url, SHOP);
  });

  afterEach(async () => {
    await admin.close();
    expect(admin.faults).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  async function readRow() {
    const { rows } = await app.database.pool.query("SELECT * FROM shop WHERE domain = $1", [SHOP]);
    return rows[0];
  }

  async function save(): Promise<void> {
    await admin.page.getByRole("button", { name: "Save" }).click();
  }

  async function waitForToast(message: string): Promise<void> {
    await admin.page.waitForFunction(`shopify.toast.shown.includes(${JSON.stringify(message)})`);
  }

  async function connect(): Promise<void> {
    await admin.visit("/app/settings");
    await admin.page.getByLabel("Site ID").fill("hush-site");
    await admin.page.getByLabel("API key", { exact: true }).fill("hush-key");
    await save();
    await waitForToast("Settings saved");
  }

  test("what is saved is there after a reload, and no key comes back to the browser", async () => {
    const { page, visit } = admin;
    await visit("/app/settings");
    await page.getByLabel("Site ID").fill("hush-site");
    await page.getByLabel("API key", { exact: true }).fill("hush-key");
    await page.getByLabel("Default country").selectOption("DE");
    await page.getByLabel("A consented number gives way").fill("60");
    await page.getByText("Live", { exact: true }).click();
    await save();
    await waitForToast("Settings saved");

    const row = await readRow();
    expect(row).toMatchObject({ mode: "live", settings_version: 2 });
    expect(row.settings).toMatchObject({ default_country: "DE", superseded_after_days: 60 });
    expect(row.credentials).not.toContain("hush");

    await visit("/app/settings");
    expect(await page.content()).not.toContain("hush");
    expect(await page.getByText("Connected", { exact: true }).isVisible()).toBe(true);
    expect(await page.getByLabel("Site ID").getAttribute("placeholder")).toBe("Saved");
    expect(await page.getByLabel("Default country").inputValue()).toBe("DE");
    expect(await page.getByRole("radio", { name: "Live" }).isChecked()).toBe(true);
  });

  test("errors stand beside their fields, the first is focused, and nothing is saved", async () => {
    const { page, visit } = admin;
    await visit("/app/settings");
    const before = await readRow();
    await page.getByLabel("Site ID").fill("with space");
    await page.getByLabel("A consented number gives way").fill("0");
    await page.getByLabel("At the latest, after").fill("10");
    await save();
    await page.getByText("API key is needed").waitFor();

    for (const [label, problem] of [
      ["Site ID", "Site ID has a character that no key of Customer.io has; copy it again"],
      ["API key", "API key is needed"],
      ["A consented number gives way to a newer one after", "This must be at least 1 day"],
      [
        "At the latest, after",
        "This must not be shorter than the quiet time before checkout_started",
      ],
    ] as const) {
      const field = page.getByLabel(label, { exact: true });
      expect(await field.getAttribute("aria-invalid")).toBe("true");
      const described = (await field.getAttribute("aria-describedby")) ?? "";
      const texts = await Promise.all(
        described.split(" ").map((id) => page.locator(`[id="${id}"]`).innerText()),
      );
      expect(texts.join(" ")).toContain(problem);
    }
    expect(
      await page.getByLabel("Site ID").evaluate((field) => field === document.activeElement),
    ).toBe(true);
    expect(await readRow()).toEqual(before);

    await page.getByRole("button", { name: "Discard" }).click();
    expect(await page.locator("[aria-invalid='true']").count()).toBe(0);
    expect(await page.getByLabel("Site ID").inputValue()).toBe("");
  });

  test("writing needs a connection first", async () => {
    const { page, visit } = admin;
    await visit("/app/settings");
    await page.getByText("Test", { exact: true }).click();
    await save();
    await page.getByText("This mode needs a connection to Customer.io first").waitFor();
    expect(
      await page
        .getByRole("radio", { name: "Test" })
        .evaluate((field) => field === document.activeElement),
    ).toBe(true);
    expect(await readRow()).toMatchObject({ mode: "observe" });
  });

  test("the save bar is there while something is unsaved, and only then", async () => {
    const { page, visit } = admin;
    await visit("/app/settings");
    const bar = page.locator("ui-save-bar");
    expect(await bar.isVisible()).toBe(false);
    await page.getByLabel("Default country").selectOption("CA");
    await bar.waitFor({ state: "visible" });
    await page.getByLabel("Default country").selectOption("US");
    await bar.waitFor({ state: "hidden" });
  });

  test("an empty key keeps the saved one, and disconnecting forgets them all", async () => {
    await connect();
    const { page } = admin;
    const connected = await readRow();
    await page.getByLabel("Default country").selectOption("GB");
    await save();
    await page.locator("ui-save-bar").waitFor({ state: "hidden" });
    expect((await readRow()).credentials).toEqual(expect.any(String));
    expect(connected.credentials).toEqual(expect.any(String));

    await page.getByRole("button", { name: "Disconnect" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
    await waitForToast("Customer.io disconnected");
    expect(await readRow()).toMatchObject({ credentials: null, mode: "observe" });
  });

  test("an attribute gets the workspace's own name, one of others is switched on, and what is taken is refused", async () => {
    const { page, visit } = admin;
    await visit("/app/settings");
    await page.getByRole("button", { name: "Phone number", exact: true }).click();
    const field = page.getByLabel("phone_country", { exact: true });
    await field.fill("cio_id");
    await save();
    await page.getByText("This is a name that means something else to Customer.io").waitFor();
    await field.fill("sms_country");
    await page.getByRole("button", { name: "Off until switched on" }).click();
    await page.getByLabel("Write timezone").check();
    await save();
    await waitForToast("Settings saved");
    expect((await readRow()).settings).toMatchObject({
      attribute_names: { phone_country: "sms_country" },
      attributes_on: ["timezone"],
    });
  });

  test("at the width of a phone no page scrolls sideways", async () => {
    await admin.page.setViewportSize({ width: 390, height: 800 });
    for (const path of ["/app", "/app/settings"]) {
      await admin.visit(path);
      const [content, window] = await admin.page.evaluate(() => [
        document.documentElement.scrollWidth,
        innerWidth,
      ]);
      expect(content).toBe(window);
    }
  });

  test("the first page says whether it works, and leads to the connection", async () => {
    const { page, visit } = admin;
    await visit("/app");
    await page
      .getByText("Ringtrue hears your shop, but is not connected to Customer.io yet.")
      .waitFor();
    await page.getByRole("link", { name: "Connect Customer.io" }).click();
    await page.getByLabel("Site ID").waitFor();
  });
});
