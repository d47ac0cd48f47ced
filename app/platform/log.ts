// The log: one line a happening, with ids, counts and outcomes. What could carry a shopper's data
// or a secret is removed twice: known field names are redacted, and an error is reduced to its
// name, code, masked message and stack (drivers put whole rows into `detail` and `parameters`).
import { pino, type DestinationStream, type Logger } from "pino";
import type { Config } from "./config.ts";
import { maskText } from "./mask.ts";
import { createPrettyStream } from "./pretty-stream.ts";

export type Log = Logger;

const PRIVATE = [
  "phone",
  "e164",
  "raw",
  "email",
  "address",
  "first_name",
  "last_name",
  "body",
  "payload",
  "content",
  "attributes",
  "headers",
  "url",
  "token",
  "accessToken",
  "refreshToken",
  "access_token",
  "refresh_token",
  "id_token",
  "authorization",
  "password",
  "secret",
  "apiSecret",
  "apiKey",
  "key",
  "credentials",
  "databaseUrl",
  "redisUrl",
];

/**
 * Makes the log. An error goes under the key `err`. Lines go to `destination`; the standard
 * output when there is none (the command line gives its standard error).
 */
export function createLog(settings: Config["log"], destination?: DestinationStream): Log {
  const lines = destination ?? process.stdout;
  return pino(
    {
      level: settings.level,
      base: null,
      errorKey: "err",
      redact: { paths: PRIVATE.flatMap(atAnyDepth), censor: "[private]" },
      serializers: { err: describeError },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    settings.format === "pretty" ? createPrettyStream(lines) : lines,
  );
}

function atAnyDepth(name: string): string[] {
  return [name, `*.${name}`, `*.*.${name}`];
}

/** Everything a log may know of an error, its causes included. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: `thrown: ${typeof error}` };
  const { name, message, stack } = error;
  return {
    type: name,
    message: maskText(message),
    ...("code" in error && isCode(error.code) ? { code: error.code } : {}),
    ...(stack === undefined ? {} : { stack: maskText(stack) }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
    ...(error instanceof AggregateError ? { errors: error.errors.map(describeError) } : {}),
  };
}

function isCode(code: unknown): code is string | number {
  return typeof code === "string" || typeof code === "number";
}
