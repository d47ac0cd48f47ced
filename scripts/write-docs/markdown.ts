// Pieces of Markdown. A cell is one line: what would end it is written as an entity.

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => line(cells)).join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "&#124;").replaceAll("\n", " ")).join(" | ")} |`;
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** Paragraphs, tables and headings, one blank line apart, with the line end a file ends with. */
export function page(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

/** "there is no number" → "There is no number." */
export function sentence(words: string): string {
  const text = words.trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

/** Stands under a page's title, so that nobody edits what the next run overwrites. */
export const GENERATED =
  "<!-- Made by `node scripts/write-docs.ts` from the lists the app itself runs on; edit those. -->";
