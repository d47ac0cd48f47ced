/** The table at the end of the day: person, number, source, consent, eligible, why, and the story. */
import type { Snapshot } from "../../simulator/customerio/snapshot.ts";
import type { ResolvedExpectation } from "../../simulator/scenarios/expectations.ts";
import { personOf } from "./differences.ts";

const HEAD = ["person", "number", "source", "consent", "eligible", "why", "what happened"];

export function printTable(expected: readonly ResolvedExpectation[], snapshot: Snapshot): void {
  const rows = expected.map((one) => rowOf(one, snapshot));
  const widths = HEAD.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width));
  process.stdout.write(`\n${[HEAD, rule, ...rows].map(line).join("\n")}\n\n`);
}

function rowOf(expected: ResolvedExpectation, snapshot: Snapshot): string[] {
  const told = personOf(expected, snapshot)?.attributes ?? {};
  const text = (name: string): string => {
    const value = told[name];
    return typeof value === "string" ? value : "–";
  };
  const eligible = told["sms_eligible"] === true;
  return [
    expected.who,
    text("phone"),
    text("phone_source"),
    text("sms_consent_status"),
    eligible ? "yes" : "no",
    eligible ? "" : text("sms_ineligible_reason"),
    expected.story,
  ];
}
