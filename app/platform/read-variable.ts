// How one environment variable is read. An empty variable counts as unset, since shells and
// compose files cannot easily unset one. Messages name the rule, never the value.
import { z } from "zod";

const KEY_BYTES = 32;
const BASE64_KEY = /^[A-Za-z0-9+/_-]{43}=?$/;

/** Unset → null. */
export function optional<Output>(schema: z.ZodType<Output, string>) {
  return given.transform((value, context): Output | null => {
    if (value === null) return null;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { message } of parsed.error.issues) context.addIssue(message);
    return z.NEVER;
  });
}

/** Unset → the fallback. */
export function text(fallback: string) {
  return given.transform((value) => value ?? fallback);
}

/** Comma-separated; unset → the fallback, read the same way. */
export function list(fallback: string) {
  return text(fallback).transform((value) =>
    value
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  );
}

export function choice<const Options extends readonly [string, ...string[]]>(
  options: Options,
  fallback: Options[number],
) {
  const error = `must be one of ${options.join(", ")}`;
  return text(fallback).pipe(z.enum(options, { error }));
}

export const portNumber = z
  .string()
  .refine((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535, {
    error: "must be a port number, 0 to 65535",
  })
  .transform(Number);

/** 0 stands for any free port. */
export function port(fallback: number) {
  return text(String(fallback)).pipe(portNumber);
}

export function url(protocols: readonly string[]) {
  const error = `must be a URL that starts with ${protocols.map((name) => `${name}//`).join(" or ")}`;
  return z.string().refine((value) => protocols.includes(parse(value)?.protocol ?? ""), { error });
}

/** An http(s) origin; a slash at its end is forgiven, a path is not. */
export const origin = z
  .string()
  .refine((value) => isOrigin(parse(value)), {
    error: "must be an origin, like https://example.com, without path, query or password",
  })
  .transform((value) => new URL(value).origin);

export const key = z
  .string()
  .refine((value) => BASE64_KEY.test(value), {
    error: `must be ${KEY_BYTES} bytes in base64 (openssl rand -base64 ${KEY_BYTES})`,
  })
  .transform((value) => Buffer.from(value, "base64"));

const given = z
  .string()
  .optional()
  .transform((value) => {
    const trimmed = value?.trim();
    return trimmed === undefined || trimmed === "" ? null : trimmed;
  });

function parse(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}

function isOrigin(value: URL | null): boolean {
  if (value === null || !["http:", "https:"].includes(value.protocol)) return false;
  const extra = value.search + value.hash + value.username + value.password;
  return value.pathname === "/" && extra === "";
}
