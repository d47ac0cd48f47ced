// The arguments of `npm test`: what vitest calls filters, and `--project <name>` any number of times.
export type TestArguments = { filters: string[]; projects: string[] };

export function readArguments(args: readonly string[]): TestArguments {
  const filters: string[] = [];
  const projects: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "--project") projects.push(args[(at += 1)] ?? "");
    else if (arg.startsWith("--project=")) projects.push(arg.slice("--project=".length));
    else filters.push(arg);
  }
  return { filters, projects };
}
