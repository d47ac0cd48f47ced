import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const CLI = fileURLToPath(new URL("../cli.ts", import.meta.url));

/** No database, no configuration: a number needs neither. */
function start(...args: string[]) {
  return spawn(process.execPath, [CLI, "phone", ...args], { env: { NODE_ENV: "test" } });
}

async function run(args: string[], input = "") {
  const child = start(...args);
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.err += text));
  child.stdin.end(input);
  const [code] = await once(child, "close");
  return { code: Number(code), ...said, lines: said.out.split("\n").filter((line) => line !== "") };
}

const SAN_FRANCISCO = {
  e164: "+14155552671",
  status: "valid",
  reason: null,
  country: "US",
  type: "fixed_line_or_mobile",
  extension: null,
};

test("a number is answered as one JSON document with --json, wherever the option stands", async () => {
  const { code, out, err } = await run(["(415) 555-2671", "--country", "US", "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(JSON.parse(out)).toEqual(SAN_FRANCISCO);
});

test("without --json the answer is for a person, with what the reason means", async () => {
  const { code, out } = await run(["911", "--country", "us"]);
  expect(code).toBe(0);
  expect(out).toContain("short_code: The number is a short code or an emergency number.");
});

test("a hint settles what the expected country alone leaves open", async () => {
  const alone = await run(["020 7946 0958", "--country", "US", "--json"]);
  expect(JSON.parse(alone.out).status).not.toBe("valid");
  const hinted = await run(["020 7946 0958", "--country", "US", "--hint", "gb", "--json"]);
  expect(JSON.parse(hinted.out)).toMatchObject({ e164: "+442079460958", status: "valid" });
});

test("lines are answered in order, blank ones skipped, senseless ones answered with an error", async () => {
  const input = [
    '\u{feff}{"raw":"(415) 555-2671","country":"US"}',
    "",
    "   ",
    "nope",
    '{"raw":null}\r',
    "[]",
    '{"raw":"06 12 34 56 78","country":"FR","hints":[]}',
    '{"raw":"0151 23456789","country":null,"hints":null}',
  ].join("\n");
  const { code, err, lines } = await run(["--stdin"], input);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    SAN_FRANCISCO,
    { error: "the line is no JSON" },
    { error: "raw must be text" },
    { error: "the line is no JSON object" },
    expect.objectContaining({ e164: "+33612345678", status: "valid" }),
    expect.objectContaining({ status: "review", reason: "country_unknown" }),
  ]);
});

test("answers come while the input is still open", async () => {
  const child = start("--stdin");
  child.stdin.write('{"raw":"+14155552671"}\n{"raw":"+1415');
  const [first] = await once(child.stdout.setEncoding("utf8"), "data");
  expect(JSON.parse(String(first))).toEqual(SAN_FRANCISCO);
  child.stdin.end('5552672"}');
  const [second] = await once(child.stdout, "data");
  expect(JSON.parse(String(second))).toMatchObject({ e164: "+14155552672" });
  await once(child, "close");
});

test("a thousand lines and more come back one for one", async () => {
  const numbers = Array.from({ length: 5000 }, (_, index) => `+1415555${1000 + index}`);
  const input = numbers.map((raw) => JSON.stringify({ raw })).join("\n");
  const { lines } = await run(["--stdin"], input);
  expect(lines.map((line) => JSON.parse(line).e164)).toEqual(numbers);
});

test.each([
  [],
  ["+14155552671", "--stdin"],
  ["1", "--country", "ZZ"],
  ["1", "--nonsense"],
  ["1", "2"],
])("wrong usage exits with 2 and says nothing on the standard output: %j", async (...args) => {
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain("error: ");
});
