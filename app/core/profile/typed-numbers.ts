/**
 * What a form says against what the shopper typed is a claim and not yet a number (SEMANTICS §1): it
 * waits for a confirmation.
 */
import type { NumberHeard } from "./numbers-heard.ts";
import { isTypedByShopper } from "./source.ts";

/** The shopper has typed numbers, and this is none of them. */
export function contradictsTyped(e164: string, heard: readonly NumberHeard[]): boolean {
  const typed = heard.filter(
    ({ source, stands, reading }) =>
      stands && reading.status === "valid" && isTypedByShopper(source),
  );
  return typed.length > 0 && !typed.some(({ reading }) => reading.e164 === e164);
}
