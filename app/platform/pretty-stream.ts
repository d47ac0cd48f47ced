// LOG_FORMAT=pretty: the same lines for a person at a terminal.
//   12:00:01 info  merged shop=7 rows=250
import type { DestinationStream } from "pino";

const HIDDEN = new Set(["time", "level", "msg", "err"]);

/** Turns JSON lines into readable ones; a line that is no JSON object passes unchanged. */
export function createPrettyStream(destination: DestinationStream): DestinationStream {
  return { write: (line) => destination.write(describe(line)) };
}

function describe(line: string): string {
  const parsed: unknown = JSON.parse(line);
  if (!isRecord(parsed)) return line;
  const time = String(parsed["time"]).slice(11, 19);
  const level = String(parsed["level"]).padEnd(5);
  const fields = Object.entries(parsed)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => ` ${name}=${show(value)}`);
  return `${time} ${level} ${show(parsed["msg"] ?? "")}${fields.join("")}\n${trace(parsed["err"])}`;
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function trace(error: unknown): string {
  if (!isRecord(error)) return "";
  const text = error["stack"] ?? error["message"];
  return typeof text === "string" ? `${text}\n${trace(error["cause"])}` : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
