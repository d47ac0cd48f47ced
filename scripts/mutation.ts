// `npm run mutation`: changes the core a little at a time and sees whether a test notices (docs/mutation-testing.md).
//   npm run mutation [-- stryker's options]    what has changed since the last run, and what no test noticed then
//   npm run mutation -- scores                 no run: puts the scores of the last one into the page
//
// Exit code 1 when less than the threshold was noticed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { percentOf, scoresByFolder, withoutMissed } from "./mutation/scores.ts";

const LAST_RUN = ".cache/mutation/incremental.json";
const REPORT = ".cache/mutation/report.json";
const PAGE = "docs/mutation-testing.md";
const MARKED = /(<!-- scores -->\n).*(<!-- end of scores -->)/s;

const args = process.argv.slice(2);
if (args[0] === "scores") writeScores();
else process.exitCode = await run(args);

async function run(options: readonly string[]): Promise<number> {
  // Stryker repeats a survivor only when it knows of a new test that reaches it, and it never knows that of what is computed once
  // when a module is loaded.
  if (existsSync(LAST_RUN)) {
    const remembered = withoutMissed(JSON.parse(readFileSync(LAST_RUN, "utf8")));
    writeFileSync(LAST_RUN, JSON.stringify(remembered));
  }
  const child = spawn("stryker", ["run", ...options], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  return typeof code === "number" ? code : 1;
}

function writeScores(): void {
  const page = readFileSync(PAGE, "utf8");
  if (!MARKED.test(page)) throw new Error(`${PAGE} has lost the marks around its scores`);
  const measuredOn = statSync(REPORT).mtime.toISOString().slice(0, 10);
  const scores = scoresByFolder(JSON.parse(readFileSync(REPORT, "utf8")));
  const lines = scores.map(
    ({ place, found, missed }) =>
      `| \`${place}\` | ${found + missed} | ${missed} | ${percentOf({ found, missed }).toFixed(1)} % |`,
  );
  const table = ["| | changes | not noticed | score |", "| --- | ---: | ---: | ---: |", ...lines];
  const text = `\nMeasured on ${measuredOn}.\n\n${table.join("\n")}\n\n`;
  writeFileSync(
    PAGE,
    page.replace(MARKED, (_all, start, end) => `${start}${text}${end}`),
  );
}
