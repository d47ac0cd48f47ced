/** A fault in one line for the operator: no stack, and nothing that others' messages may carry along. */
import { maskText } from "#app/platform/mask.ts";

export function sayFault(error: unknown): string {
  if (error instanceof AggregateError) return sayFault(error.errors[0]);
  if (!(error instanceof Error)) return "failed for an unknown reason";
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : null;
  const message = maskText(cause.message);
  if (code === null || message.includes(code)) return message || cause.name;
  return message === "" ? code : `${message} (${code})`;
}
