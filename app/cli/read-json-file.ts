/** A file the operator names: read, or the reason why not. */
import { readFile } from "node:fs/promises";

export type JsonFile = { ok: true; content: unknown } | { ok: false; problem: string };

export async function readJsonFile(path: string): Promise<JsonFile> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    return { ok: false, problem: `${path} cannot be read${code}` };
  }
  try {
    return { ok: true, content: JSON.parse(text) };
  } catch {
    return { ok: false, problem: `${path} is no JSON` };
  }
}
