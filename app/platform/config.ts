// The configuration: read once at start from the environment, validated as a whole, and handed
// out by the composition files. This is the only file in app/ that knows environment variables.
// Either everything is right, or every problem is named with its variable; no message repeats a
// value, because most of the values are secrets.
import { resolve } from "node:path";
import { z } from "zod";
import { readOrCreateKey } from "./dev-key.ts";
import { EXAMPLE_SECRETS } from "./example-secrets.ts";
import * as read from "./read-variable.ts";

export type Config = {
  environment: "development" | "production" | "test";
  /** null: an embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | null;
  /** Absolute path. */
  dataDir: string;
  /** null: BullMQ on PostgreSQL. */
  redisUrl: string | null;
  role: "all" | "web" | "worker";
  /** 0: any free port. */
  port: number;
  host: string;
  /** Where a process without a web role answers probes; null: nowhere. */
  workerPort: number | null;
  shopify: {
    apiKey: string;
    apiSecret: string;
    apiSecretPrevious: string | null;
    /** Origin, without a slash at its end. */
    appUrl: string;
    scopes: string[];
  };
  /** 32 bytes each; `previous` only opens. */
  encryption: { key: Buffer; previous: Buffer | null };
  /** Origins that replace the ones of the workspace's region; null: the region's own. */
  customerio: { trackUrl: string | null; appUrl: string | null };
  twilioUrl: string | null;
  log: { level: LogLevel; format: "json" | "pretty" };
};

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
export type Environment = Readonly<Record<string, string | undefined>>;
export type Problem = { variable: string; problem: string };
export type ConfigReading = { ok: true; config: Config } | { ok: false; problems: Problem[] };

const SCOPES = "read_customers,read_customer_merge,read_orders,read_fulfillments";

const variables = z.object({
  NODE_ENV: read.choice(["development", "production", "test"], "development"),
  DATABASE_URL: read.optional(read.url(["postgres:", "postgresql:"])),
  RINGTRUE_DATA_DIR: read.text(".data"),
  REDIS_URL: read.optional(read.url(["redis:", "rediss:"])),
  RINGTRUE_ROLE: read.choice(["all", "web", "worker"], "all"),
  PORT: read.port(3000),
  RINGTRUE_WORKER_PORT: read.optional(read.portNumber),
  HOST: read.optional(z.string()),
  SHOPIFY_API_KEY: read.optional(z.string()),
  SHOPIFY_API_SECRET: read.optional(z.string()),
  SHOPIFY_API_SECRET_PREVIOUS: read.optional(z.string()),
  SHOPIFY_APP_URL: read.optional(read.origin),
  SCOPES: read.list(SCOPES),
  ENCRYPTION_KEY: read.optional(read.key),
  ENCRYPTION_KEY_PREVIOUS: read.optional(read.key),
  CUSTOMERIO_TRACK_URL: read.optional(read.origin),
  CUSTOMERIO_APP_URL: read.optional(read.origin),
  TWILIO_API_URL: read.optional(read.origin),
  LOG_LEVEL: read.choice(["trace", "debug", "info", "warn", "error", "fatal", "silent"], "info"),
  LOG_FORMAT: read.choice(["json", "pretty"], "json"),
});
type Variables = z.output<typeof variables>;

/**
 * Reads the configuration. Outside production, what is secret has a default: the published
 * example secrets for Shopify, and an encryption key kept in the data directory (created when it
 * is not there, which is the only thing this function ever writes; throws when it can't).
 */
export function readConfig(env: Environment = process.env): ConfigReading {
  const parsed = variables.safeParse(env);
  const problems = parsed.success ? [] : parsed.error.issues.map(asProblem);
  if (env["NODE_ENV"] === "production") problems.push(...secretProblems(env));
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, config: assemble(parsed.data) };
}

/** One line a problem, for the person who starts the process. */
export function describeProblems(problems: readonly Problem[]): string {
  return problems.map(({ variable, problem }) => `${variable}: ${problem}`).join("\n");
}

function assemble(given: Variables): Config {
  const production = given.NODE_ENV === "production";
  const dataDir = resolve(given.RINGTRUE_DATA_DIR);
  const bind = bindAddress(given.HOST, production);
  return {
    environment: given.NODE_ENV,
    databaseUrl: given.DATABASE_URL,
    dataDir,
    redisUrl: given.REDIS_URL,
    role: given.RINGTRUE_ROLE,
    port: given.PORT,
    host: bind.host,
    workerPort: given.RINGTRUE_WORKER_PORT,
    shopify: {
      apiKey: given.SHOPIFY_API_KEY ?? EXAMPLE_SECRETS.shopifyApiKey,
      apiSecret: given.SHOPIFY_API_SECRET ?? EXAMPLE_SECRETS.shopifyApiSecret,
      apiSecretPrevious: given.SHOPIFY_API_SECRET_PREVIOUS,
      appUrl: given.SHOPIFY_APP_URL ?? bind.appUrl ?? `http://localhost:${given.PORT}`,
      scopes: given.SCOPES,
    },
    encryption: {
      key: given.ENCRYPTION_KEY ?? readOrCreateKey(dataDir),
      previous: given.ENCRYPTION_KEY_PREVIOUS,
    },
    customerio: { trackUrl: given.CUSTOMERIO_TRACK_URL, appUrl: given.CUSTOMERIO_APP_URL },
    twilioUrl: given.TWILIO_API_URL,
    log: { level: given.LOG_LEVEL, format: given.LOG_FORMAT },
  };
}

/** `shopify app dev` puts the app's public URL into HOST, which is no address to listen on. */
function bindAddress(host: string | null, production: boolean) {
  const fallback = production ? "0.0.0.0" : "127.0.0.1";
  if (host === null) return { host: fallback, appUrl: null };
  if (!/^https?:\/\//.test(host)) return { host, appUrl: null };
  return { host: fallback, appUrl: new URL(host).origin };
}

const SECRETS = ["SHOPIFY_API_KEY", "SHOPIFY_API_SECRET", "ENCRYPTION_KEY"];
const PREVIOUS = ["SHOPIFY_API_SECRET_PREVIOUS", "ENCRYPTION_KEY_PREVIOUS"];

function secretProblems(env: Environment): Problem[] {
  const published = new Set<string>(Object.values(EXAMPLE_SECRETS));
  const missing = SECRETS.filter((variable) => !env[variable]?.trim()).map((variable) => ({
    variable,
    problem: "must be set in production",
  }));
  const known = [...SECRETS, ...PREVIOUS]
    .filter((variable) => published.has(env[variable]?.trim() ?? ""))
    .map((variable) => ({
      variable,
      problem: "is the published example; make one of your own",
    }));
  return [...missing, ...known];
}

function asProblem(issue: z.core.$ZodIssue): Problem {
  return { variable: String(issue.path[0]), problem: issue.message };
}
