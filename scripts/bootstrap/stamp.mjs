// A stamp tells what something was made from; as long as the digest of its sources is the same, it
// need not be made again.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ROOT } from "./run.mjs";

/** Digest of files, and of all files in folders, that `counts` (a test of the relative path) keeps. */
export function digestOf(sources, counts = () => true) {
  const digest = createHash("sha256").update(process.platform + process.arch);
  const paths = sources.flatMap((source) => filesOf(join(ROOT, source))).filter(counts);
  for (const path of paths.sort()) {
    digest.update(`\0${path}\0`).update(readFileSync(join(ROOT, path)));
  }
  return digest.digest("hex");
}

export function isStamped(stamp, digest) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === digest;
}

export function writeStamp(stamp, digest) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [relative(ROOT, path)];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}
