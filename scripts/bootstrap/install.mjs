// Dependencies: installed when node_modules is not what package-lock.json says. npm itself notes
// there what it has installed, once it has finished, so an interrupted installation is seen too.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MODULES, PINNED_NODE, ROOT, step } from "./run.mjs";

export async function ensureInstalled() {
  if (!isInstalled()) {
    // Install scripts stay off: the one that is needed is the pinned Node's, below.
    const args = ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"];
    await step("installing dependencies (about a minute)", "npm", args);
  }
  if (!hasPinnedNode()) {
    await step("fetching the pinned Node", "npm", ["rebuild", "node"]);
    if (!hasPinnedNode()) throw new Error("ringtrue: the pinned Node could not be installed");
  }
}

function isInstalled() {
  const note = join(MODULES, ".package-lock.json");
  if (!existsSync(note)) return false;
  const installed = packagesOf(note);
  return Object.entries(packagesOf(join(ROOT, "package-lock.json"))).every(
    ([path, { version, optional, devOptional, link }]) =>
      path === "" ||
      link ||
      installed[path]?.version === version ||
      (installed[path] === undefined && (optional || devOptional)),
  );
}

function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, "utf8")).packages;
}

function hasPinnedNode() {
  const wanted = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).devDependencies.node;
  if (!existsSync(PINNED_NODE)) return false;
  const { stdout } = spawnSync(PINNED_NODE, ["--version"], { encoding: "utf8" });
  return stdout?.trim() === `v${wanted}`;
}
