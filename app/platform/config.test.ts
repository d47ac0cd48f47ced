import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { describeProblems, readConfig, type Environment } from "./config.ts";
import { EXAMPLE_SECRETS } from "./example-secrets.ts";

const dataDir = mkdtempSync(join(tmpdir(), "ringtrue-config-"));
afterAll(() => rmSync(dataDir, { recursive: true }));

const KEY = Buffer.alloc(32, 7).toString("base64");
const development: Environment = { RINGTRUE_DATA_DIR: dataDir };
const production: Environment = {
  NODE_ENV: "production",
  SHOPIFY_API_KEY: "a key",
  SHOPIFY_API_SECRET: "a secret",
  ENCRYPTION_KEY: KEY,
};

function configOf(env: Environment) {
  const read = readConfig(env);
  if (!read.ok) throw new Error(describeProblems(read.problems));
  return read.config;
}

function problemsOf(env: Environment) {
  const read = readConfig(env);
  return read.ok ? [] : read.problems.map(({ variable }) => variable);
}

describe("reading the configuration", () => {
  test("development needs nothing to be set", () => {
    const config = configOf(development);
    expect(config).toMatchObject({
      environment: "development",
      databaseUrl: null,
      redisUrl: null,
      role: "all",
      port: 3000,
      host: "127.0.0.1",
      workerPort: null,
      shopify: { appUrl: "http://localhost:3000", apiSecretPrevious: null },
      customerio: { trackUrl: null, appUrl: null },
      log: { level: "info", format: "json" },
    });
  });

  test("a developer's encryption key stays the same and is readable by its owner only", () => {
    const [first, second] = [configOf(development), configOf(development)];
    expect(first.encryption.key).toHaveLength(32);
    expect(second.encryption.key).toEqual(first.encryption.key);
    expect(statSync(join(dataDir, "encryption.key")).mode & 0o777).toBe(0o600);
  });

  test("production names every secret that is missing", () => {
    expect(problemsOf({ NODE_ENV: "production" })).toEqual([
      "SHOPIFY_API_KEY",
      "SHOPIFY_API_SECRET",
      "ENCRYPTION_KEY",
    ]);
  });

  test("production listens on every address", () => {
    expect(configOf(production).host).toBe("0.0.0.0");
  });

  test("production refuses the published examples, also as the previous secret", () => {
    const published = {
      ...production,
      SHOPIFY_API_SECRET_PREVIOUS: EXAMPLE_SECRETS.shopifyApiSecret,
      ENCRYPTION_KEY: EXAMPLE_SECRETS.encryptionKey,
    };
    expect(problemsOf(published)).toEqual(["ENCRYPTION_KEY", "SHOPIFY_API_SECRET_PREVIOUS"]);
  });

  test.each([
    ["DATABASE_URL", "mysql://localhost/x"],
    ["REDIS_URL", "localhost:6379"],
    ["RINGTRUE_ROLE", "boss"],
    ["PORT", "70000"],
    ["RINGTRUE_WORKER_PORT", "70000"],
    ["SHOPIFY_APP_URL", "https://example.com/app"],
    ["ENCRYPTION_KEY", "too short"],
    ["ENCRYPTION_KEY_PREVIOUS", Buffer.alloc(31).toString("base64")],
    ["CUSTOMERIO_TRACK_URL", "https://track.example/api?x=1"],
    ["TWILIO_API_URL", "ftp://example.com"],
    ["LOG_LEVEL", "loud"],
  ])("%s is checked, and its value is not repeated", (variable, value) => {
    const read = readConfig({ ...development, [variable]: value });
    if (read.ok) throw new Error("was accepted");
    expect(read.problems.map((problem) => problem.variable)).toEqual([variable]);
    expect(describeProblems(read.problems)).not.toContain(value);
  });

  test("all problems are told at once", () => {
    expect(problemsOf({ PORT: "x", LOG_FORMAT: "xml" })).toEqual(["PORT", "LOG_FORMAT"]);
  });

  test("an empty variable counts as unset", () => {
    const config = configOf({ ...development, DATABASE_URL: "", PORT: " ", SCOPES: "" });
    expect(config).toMatchObject({ databaseUrl: null, port: 3000 });
    expect(config.shopify.scopes).toContain("read_customers");
  });

  test("a public URL in HOST, as the Shopify CLI puts it there, is the app's URL", () => {
    const config = configOf({ ...development, HOST: "https://tunnel.example" });
    expect(config).toMatchObject({
      host: "127.0.0.1",
      shopify: { appUrl: "https://tunnel.example" },
    });
  });

  test("an origin loses the slash at its end", () => {
    const config = configOf({ ...development, CUSTOMERIO_APP_URL: "http://127.0.0.1:4000/" });
    expect(config.customerio.appUrl).toBe("http://127.0.0.1:4000");
  });
});
