// What a mutation report says, per folder of the core.

/** The parts of Stryker's JSON reports that are read here (mutation-testing-report-schema 2). */
export type MutationReport = {
  readonly files: Readonly<
    Record<string, { readonly mutants: readonly { readonly status: string }[] }>
  >;
};

/** `missed` are the mutants that no test noticed, met by a test or not. */
export type Score = { readonly place: string; readonly found: number; readonly missed: number };

const FOUND = new Set(["Killed", "Timeout"]);
const MISSED = new Set(["Survived", "NoCoverage"]);
const CORE = "app/core/";

/**
 * One line per folder, by name, and a last one for all. Mutants that could not be tried count for neither side, as Stryker itself
 * counts.
 */
export function scoresByFolder({ files }: MutationReport): Score[] {
  const places = new Map<string, { found: number; missed: number }>();
  const all = { found: 0, missed: 0 };
  for (const [file, { mutants }] of Object.entries(files)) {
    const place = placeOf(file);
    const score = places.get(place) ?? { found: 0, missed: 0 };
    places.set(place, score);
    for (const { status } of mutants) {
      for (const counted of [score, all]) {
        if (FOUND.has(status)) counted.found += 1;
        if (MISSED.has(status)) counted.missed += 1;
      }
    }
  }
  const lines = [...places].map(([place, score]) => ({ place, ...score }));
  return [...lines.sort(byPlace), { place: "app/core", ...all }];
}

/** In percent, rounded down to a tenth: a score that is shown as reached is reached. */
export function percentOf({ found, missed }: Pick<Score, "found" | "missed">): number {
  return found + missed === 0 ? 100 : Math.floor((found / (found + missed)) * 1000) / 10;
}

/** The same report, having forgotten the mutants that no test noticed. */
export function withoutMissed<Report extends MutationReport>(report: Report): Report {
  const files = Object.entries(report.files).map(([file, { mutants, ...rest }]) => [
    file,
    { ...rest, mutants: mutants.filter(({ status }) => !MISSED.has(status)) },
  ]);
  return { ...report, files: Object.fromEntries(files) };
}

function placeOf(file: string): string {
  const within = file.slice(CORE.length);
  const end = within.indexOf("/");
  return end < 0 ? `${CORE}*.ts` : CORE + within.slice(0, end);
}

function byPlace(one: Score, other: Score): number {
  return one.place < other.place ? -1 : 1;
}
