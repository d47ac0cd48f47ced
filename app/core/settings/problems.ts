/**
 * Turns what a schema refused into one sentence per field, fit to stand beside the field and to be
 * printed by the command line. Values are never repeated: they may be secrets.
 */
import type { z } from "zod";

/** `field` is the path with dots; `problem` continues a sentence that begins with the field's name. */
export type Problem = { field: string; problem: string };

export function describeProblems(error: z.ZodError): Problem[] {
  return error.issues.flatMap(describeIssue);
}

function describeIssue(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      field: joinPath([...issue.path, key]),
      problem: "is not a setting",
    }));
  }
  return [{ field: joinPath(issue.path), problem: sayProblem(issue) }];
}

function sayProblem(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  if (issue.code === "invalid_value")
    return `must be one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "invalid_type" && issue.message.startsWith("Invalid input"))
    return `must be ${nameType(issue.expected)}`;
  return issue.message;
}

function nameType(expected: string): string {
  const names: Record<string, string> = { array: "a list", string: "text", boolean: "on or off" };
  return names[expected] ?? `an ${expected}`.replace(/^an (?![aeiou])/, "a ");
}

function joinPath(path: readonly PropertyKey[]): string {
  return path.map(String).join(".");
}
