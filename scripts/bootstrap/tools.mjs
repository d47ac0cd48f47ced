// Programs the tests need and npm does not bring. As root on Debian they are installed; otherwise
// one sentence says what is missing. The suites that need a missing one are skipped by name, and
// fail where CI=true.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { step } from "./run.mjs";

const TOOLS = [
  {
    variable: "RINGTRUE_TEST_REDIS",
    names: ["redis-server", "valkey-server"],
    packages: ["redis-server"],
  },
  {
    variable: "RINGTRUE_TEST_CHROMIUM",
    names: ["chromium", "chromium-browser", "google-chrome"],
    packages: ["chromium", "fonts-liberation"],
  },
];

/** Answers the environment variables that name what was found. */
export async function ensureTools() {
  const wanted = TOOLS.filter(({ names }) => find(names) === null).flatMap((tool) => tool.packages);
  if (wanted.length > 0) await install(wanted);
  return Object.fromEntries(
    TOOLS.flatMap(({ variable, names }) => {
      const path = process.env[variable] || find(names);
      return path ? [[variable, path]] : [];
    }),
  );
}

async function install(packages) {
  const byHand = `ringtrue: some tests need ${packages.join(" and ")}: please install it`;
  if (process.getuid?.() !== 0 || find(["apt-get"]) === null) {
    console.error(`${byHand} (apt-get install ${packages.join(" ")})`);
    return;
  }
  const environment = {
    ...process.env,
    DEBIAN_FRONTEND: "noninteractive",
    RUNLEVEL: "1", // installing a server is not asking for it to be started
  };
  const lock = ["-o", "DPkg::Lock::Timeout=120"];
  const how = ["install", "-y", "-q", "--no-install-recommends"];
  try {
    await step("reading the package lists", "apt-get", [...lock, "-q", "update"], environment);
    const saying = `installing ${packages.join(", ")} for the tests`;
    await step(saying, "apt-get", [...lock, ...how, ...packages], environment);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(byHand);
  }
}

function find(names) {
  const places = (process.env.PATH ?? "").split(delimiter).filter((place) => place !== "");
  const candidates = names.flatMap((name) => places.map((place) => join(place, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
