/**
 * Reads a form-encoded body into the shape JSON bodies have. Every text is one, so this never fails;
 * what is no form at all has none of the fields a reader asks for. Of a repeated field the first counts.
 */
import type { Json } from "./json.ts";

export function readForm(text: string): { ok: true; body: { [key: string]: Json } } {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (!fields.has(name)) fields.set(name, value);
  }
  return { ok: true, body: Object.fromEntries(fields) };
}
