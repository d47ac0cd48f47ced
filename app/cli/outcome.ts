/**
 * What a command comes to. The result goes to the standard output, as text or as one JSON document;
 * whatever else there is to say goes to the standard error. Refused is an outcome, not a fault.
 */
export type Outcome = {
  /** 0 done, 1 refused or failed with a reason. */
  code: 0 | 1;
  /** The result, if there is one: also a command that fails may have found something out. */
  result?: { data: unknown; text: string };
  /** Lines for the standard error. */
  notes: string[];
};

export function done(data: unknown, text: string, notes: string[] = []): Outcome {
  return { code: 0, result: { data, text }, notes };
}

export function refused(...reasons: string[]): Outcome {
  return { code: 1, notes: reasons };
}

/** Prints the outcome; the process ends by itself once everything is written. */
export function report({ code, result, notes }: Outcome, json: boolean): void {
  for (const note of notes) process.stderr.write(`${note}\n`);
  if (result) {
    const document = json ? JSON.stringify(result.data, null, 2) : result.text;
    process.stdout.write(`${document}\n`);
  }
  process.exitCode = code;
}
