/**
 * The operator's command, `ringtrue`. Exit codes: 0 done, 1 refused or failed with a reason, 2 wrong
 * usage. Nothing here ends the process by itself, so that what was written also arrives.
 */
import { CommanderError } from "commander";
import { createProgram } from "./cli/program.ts";
import { sayFault } from "./cli/say-fault.ts";

// Whoever reads our output may stop reading at any time: `ringtrue phone --stdin | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`ringtrue: ${sayFault(error)}\n`);
    process.exitCode = 1;
  }
}
