/**
 * `ringtrue settings`: a shop's policy as one document. What is set is the whole of it: a field that is
 * left out takes its default, so that the same file always makes the same policy.
 */
import type { Problem } from "#app/core/settings/problems.ts";
import type { Settings } from "#app/core/settings/schema.ts";
import { readSettings } from "#app/core/settings/schema.ts";
import { changeShop, findShop } from "#app/db/shops.ts";
import { asOperator, forShop, noSuchShop } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done, refused } from "./outcome.ts";
import { readJsonFile } from "./read-json-file.ts";

export function getSettings(domain: string): Promise<Outcome> {
  return forShop(domain, async (_operator, { settings }) =>
    done(settings, JSON.stringify(settings, null, 2)),
  );
}

export async function setSettings(domain: string, path: string): Promise<Outcome> {
  const file = await readSettingsFile(path);
  if (!file.ok) return refused(...file.problems);
  return asOperator(async (operator) => {
    const prisma = await operator.prisma();
    const shop = await findShop(prisma, domain);
    if (!shop) return noSuchShop(domain);
    await changeShop(prisma, shop, { settings: file.settings }, new Date());
    const changed = changedFields(shop.settings, file.settings);
    const text =
      changed.length === 0
        ? "Nothing changed: the shop had these settings already."
        : `Changed: ${changed.join(", ")}. The shop's people are decided anew.`;
    return done({ domain, changed, settings: file.settings }, text);
  });
}

export type SettingsFile = { ok: true; settings: Settings } | { ok: false; problems: string[] };

/** Validated like the settings page; one line a problem, which begins with the field's name. */
export async function readSettingsFile(path: string): Promise<SettingsFile> {
  const file = await readJsonFile(path);
  if (!file.ok) return { ok: false, problems: [file.problem] };
  const reading = readSettings(file.content);
  if (reading.ok) return reading;
  return { ok: false, problems: reading.problems.map((problem) => sayProblem(problem, path)) };
}

export function sayProblem({ field, problem }: Problem, whole: string): string {
  return `${field === "" ? whole : field}: ${problem}`;
}

function changedFields(before: Settings, after: Settings): string[] {
  const was = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after)
    .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(was.get(field)))
    .map(([field]) => field);
}
