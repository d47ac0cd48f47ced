import { expect, test } from "vitest";
import { DOCUMENTS, staleDocuments } from "./documents.ts";
import { table } from "./markdown.ts";

const ROOT = new URL("../../", import.meta.url);

test("the committed documents are what the app's lists say now", () => {
  expect(staleDocuments(ROOT)).toEqual([]);
});

test("a link to a heading of a generated document finds it", () => {
  const headings = new Map(
    Object.entries(DOCUMENTS).map(([path, write]) => [path, new Set(anchorsOf(write()))]),
  );
  for (const [path, write] of Object.entries(DOCUMENTS)) {
    for (const [link, file, anchor] of write().matchAll(/\]\(([\w-]+\.md)?#([\w-]+)\)/g)) {
      const target = file === undefined ? path : `docs/${file}`;
      expect(headings.get(target)?.has(anchor ?? ""), `${path} ${link}`).toBe(true);
    }
  }
});

test("every row of a generated table has as many cells as its head", () => {
  for (const [path, write] of Object.entries(DOCUMENTS)) {
    let cells = 0;
    for (const line of write().split("\n")) {
      const count = line.startsWith("|") ? line.split("|").length : 0;
      if (count > 0 && cells > 0) expect(count, `${path}: ${line}`).toBe(cells);
      cells = count;
    }
  }
});

test("a bar or a line end within a cell does not end it", () => {
  expect(table(["a"], [["one | two\nthree"]])).toBe("| a |\n| --- |\n| one &#124; two three |");
});

function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}
