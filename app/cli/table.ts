/** Text in columns, for results a person reads. */

/** Rows of equal length, the first one the heading; columns as wide as they need, two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Names and values, one a line, the values under each other. */
export function facts(entries: readonly (readonly [name: string, value: unknown])[]): string {
  return table(entries.map(([name, value]) => [name, say(value)]));
}

/** A time as people and machines read it; a dash for what is not there. */
export function say(value: unknown): string {
  if (value === null || value === undefined) return "-";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}
