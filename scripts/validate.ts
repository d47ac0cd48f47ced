// `npm run validate`: everything that needs no service. All checks run, so that one run tells all.
//   npm run validate            every check
//   npm run validate -- lint    one of them
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";

type Check = { command: string; args: string[]; remedy: string };

const FOLDERS = ["app", "simulator", "bench", "scripts", "tests"].filter((name) =>
  existsSync(name),
);

const CHECKS: Record<string, Check> = {
  format: { command: "oxfmt", args: ["--check", "."], remedy: "npm run format" },
  lint: {
    command: "oxlint",
    args: ["--type-aware", "--deny-warnings", "--quiet", "."],
    remedy: "each finding names its rule; .oxlintrc.json says why we have it",
  },
  imports: {
    command: "depcruise",
    args: ["--config", ".dependency-cruiser.mjs", ...FOLDERS],
    remedy: "the comment of each rule in .dependency-cruiser.mjs says what to do",
  },
  "dead code": { command: "knip", args: [], remedy: "delete it, or use it" },
  docs: {
    command: "node",
    args: ["scripts/write-docs.ts", "--check"],
    remedy: "node scripts/write-docs.ts",
  },
  types: { command: "tsc", args: ["--noEmit", "-p", "."], remedy: "the compiler is right" },
};

async function passes(name: string, { command, args, remedy }: Check): Promise<boolean> {
  process.stderr.write(`── ${name}: ${command} ${args.join(" ")}\n`);
  const child = spawn(command, args, { stdio: "inherit" });
  const [code] = await once(child, "exit");
  if (code !== 0) process.stderr.write(`── ${name} failed: ${remedy}\n`);
  return code === 0;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(CHECKS, name));
if (unknown.length > 0) {
  process.stderr.write(`no such check: ${unknown.join(", ")}\n`);
  process.exit(2);
}

const failed: string[] = [];
for (const [name, check] of Object.entries(CHECKS)) {
  const asked = wanted.length === 0 || wanted.includes(name);
  if (asked && !(await passes(name, check))) failed.push(name);
}
process.stdout.write(failed.length === 0 ? "valid\n" : `not valid: ${failed.join(", ")}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
