// Completes package-lock.json after `npm install <package>`: an optional package of another platform
// that the registry at hand does not have is left out of the lock, and `npm ci` then refuses the whole
// of it. Each is written in with its exact version, and the platform that its name tells.
//
//   node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from "node:fs";

const LOCK = new URL("../package-lock.json", import.meta.url);
const SYSTEMS = {
  darwin: "darwin",
  macos: "darwin",
  win32: "win32",
  windows: "win32",
  linux: "linux",
  linuxmusl: "linux",
  android: "android",
  freebsd: "freebsd",
  openbsd: "openbsd",
  netbsd: "netbsd",
  sunos: "sunos",
  aix: "aix",
  openharmony: "openharmony",
};
const PROCESSORS = {
  arm64: "arm64",
  x64: "x64",
  arm: "arm",
  ia32: "ia32",
  ppc64: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  loong64: "loong64",
  mips64el: "mips64el",
  armv6l: "arm",
  armv7l: "arm",
  wasm32: "wasm32",
  x86: "ia32",
};
const EXACT = /^\d+\.\d+\.\d+[-.\w]*$/;

/** Looked up as Node does: beside the package, then in each folder above it. */
function isLocked(packages, from, name) {
  let folder = from;
  for (;;) {
    if (packages[`${folder === "" ? "" : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === "") return false;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")));
  }
}

function entryFor(name, version, isDev) {
  const words = name.slice(name.lastIndexOf("/") + 1).split(/[-.]/);
  const system = words.map((word) => SYSTEMS[word]).find(Boolean);
  const processor = words.map((word) => PROCESSORS[word]).find(Boolean);
  const isMusl = words.some((word) => word.includes("musl"));
  const isGlibc = words.includes("gnu") || words.includes("gnueabihf");
  return {
    version,
    ...(processor ? { cpu: [processor] } : {}),
    ...(isDev ? { dev: true } : {}),
    ...(isMusl || isGlibc ? { libc: [isMusl ? "musl" : "glibc"] } : {}),
    optional: true,
    ...(system ? { os: [system] } : {}),
  };
}

const lock = JSON.parse(readFileSync(LOCK, "utf8"));
let added = 0;
for (const [from, { optionalDependencies = {}, dev }] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (isLocked(lock.packages, from, name)) continue;
    if (!EXACT.test(version)) {
      console.error(`not exact, left out: ${name} ${version} of ${from}`);
      continue;
    }
    lock.packages[`node_modules/${name}`] = entryFor(name, version, dev === true);
    added += 1;
  }
}
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
console.error(`added ${added}`);
