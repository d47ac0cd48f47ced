// node scripts/write-docs.ts [--check]: writes the documents that are made from the app's own lists.
// With --check nothing is written: exit 1 with the names of those that are not current.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DOCUMENTS, staleDocuments } from "./write-docs/documents.ts";

const { values: options } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const root = new URL("..", import.meta.url);
const stale = staleDocuments(root);
for (const path of stale) {
  process.stdout.write(`${path}\n`);
  const write = DOCUMENTS[path];
  if (!options.check && write) writeFileSync(new URL(path, root), write());
}
if (options.check && stale.length > 0) {
  process.stderr.write("not current; write them with: node scripts/write-docs.ts\n");
  process.exitCode = 1;
}
