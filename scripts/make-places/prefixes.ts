// The text format of libphonenumber's resources: `prefix|value` lines between comments.

export type Prefixes = readonly (readonly [prefix: string, value: string])[];

export function readPrefixes(text: string): Prefixes {
  return text.split("\n").flatMap((line) => {
    const [prefix = "", value] = line.trim().split("|");
    return /^\d+$/.test(prefix) && value !== undefined ? [[prefix, value] as const] : [];
  });
}
