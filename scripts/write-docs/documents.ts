// The documents that are made from the app's own lists, and which of them are not as they should be.
import { existsSync, readFileSync } from "node:fs";
import { dataDictionaryDoc } from "./data-dictionary.ts";
import { eventSchemasDoc } from "./event-schemas.ts";
import { quietHoursDoc } from "./quiet-hours.ts";
import { reasonsDoc } from "./reasons.ts";
import { settingsDoc } from "./settings.ts";

/** By their path in the repository. */
export const DOCUMENTS: Record<string, () => string> = {
  "docs/data-dictionary.md": dataDictionaryDoc,
  "docs/events.schema.json": eventSchemasDoc,
  "docs/quiet-hours.md": quietHoursDoc,
  "docs/reasons.md": reasonsDoc,
  "docs/settings.md": settingsDoc,
};

export function staleDocuments(root: URL): string[] {
  return Object.entries(DOCUMENTS)
    .filter(([path, write]) => {
      const file = new URL(path, root);
      return !existsSync(file) || readFileSync(file, "utf8") !== write();
    })
    .map(([path]) => path);
}
