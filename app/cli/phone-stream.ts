/**
 * `ringtrue phone --stdin`: one JSON document a line in, one a line out, in the same order, while the
 * input is still coming. A line that makes no sense is answered and spoils no other.
 */
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import type { NumberSaid } from "./phone.ts";
import { sayReading } from "./phone.ts";

const lineSchema = z.object({
  raw: z.string("must be text"),
  country: z.string("must be text").nullish(),
  hints: z.array(z.string("must be text"), "must be a list").nullish(),
});

export async function answerLines(input: Readable, output: Writable): Promise<void> {
  input.setEncoding("utf8");
  let rest = "";
  for await (const chunk of input) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    await write(output, answerAll(lines));
  }
  await write(output, answerAll([rest]));
}

async function write(output: Writable, text: string): Promise<void> {
  if (text !== "" && !output.write(text)) await once(output, "drain");
}

function answerAll(lines: readonly string[]): string {
  let answers = "";
  for (const line of lines) {
    // trim also takes a byte order mark and the carriage return of other systems.
    const text = line.trim();
    if (text !== "") answers += `${JSON.stringify(answerLine(text))}\n`;
  }
  return answers;
}

function answerLine(text: string): NumberSaid | { error: string } {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return { error: "the line is no JSON" };
  }
  const parsed = lineSchema.safeParse(line);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join(".") ?? "";
    return { error: field === "" ? "the line is no JSON object" : `${field} ${issue?.message}` };
  }
  const { raw, country, hints } = parsed.data;
  return sayReading(raw, country ?? undefined, hints ?? []);
}
