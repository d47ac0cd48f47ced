/**
 * JSON documents as one parameter, each on a line of its own, for `string_to_array($n, E'\n')`. An
 * array of them would have every quote escaped here and unescaped there, which costs more than
 * storing them. JSON.stringify writes no line breaks; an empty line is no document.
 */
export function inLines(documents: readonly (string | null)[]): string {
  return documents.map((document) => document ?? "").join("\n");
}
