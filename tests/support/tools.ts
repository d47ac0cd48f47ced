// Programs that the suites need and npm does not bring. The bootstrap installs them where it may
// and names their paths; without it they are looked for on the PATH.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export type Tool = "redis" | "chromium";
export type Tools = Readonly<Record<Tool, string | null>>;

const WANTED: Record<Tool, { variable: string; names: string[] }> = {
  redis: { variable: "RINGTRUE_TEST_REDIS", names: ["redis-server", "valkey-server"] },
  chromium: {
    variable: "RINGTRUE_TEST_CHROMIUM",
    names: ["chromium", "chromium-browser", "google-chrome"],
  },
};

export function findTools(): Tools {
  return { redis: findTool("redis"), chromium: findTool("chromium") };
}

function findTool(tool: Tool): string | null {
  const { variable, names } = WANTED[tool];
  const given = process.env[variable];
  if (given !== undefined && given !== "") return given;
  const places = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = names.flatMap((name) => places.map((place) => join(place, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
