// A developer's encryption key: made once, kept beside the embedded database whose credentials it
// seals, readable by its owner only. Production never comes here.
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const KEY_BYTES = 32;

/**
 * Answers the key kept in `dataDir`, which is made when it isn't there. Several processes may
 * start at once: the key appears whole or not at all, and the first one wins.
 */
export function readOrCreateKey(dataDir: string): Buffer {
  const path = join(dataDir, "encryption.key");
  const kept = readKey(path);
  if (kept !== null) return kept;
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString("base64")}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  const made = readKey(path);
  if (made === null) throw new Error(`${path} vanished while it was made`);
  return made;
}

function readKey(path: string): Buffer | null {
  let written: string;
  try {
    written = readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
  const key = Buffer.from(written.trim(), "base64");
  if (key.length !== KEY_BYTES) {
    throw new Error(`${path} holds no ${KEY_BYTES} bytes in base64: restore it, or remove it`);
  }
  return key;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
