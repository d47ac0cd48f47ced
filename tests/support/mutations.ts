// Every way a body can be wrong in one place: each field of a sample, each replaced by each value
// that has no business there.

export type Mutation = { path: string; body: unknown };

export const WRONG_VALUES: readonly unknown[] = [
  null,
  "",
  [],
  {},
  true,
  0,
  -1,
  1.5,
  1e308,
  "yesterday",
  "+300000-01-01T00:00:00Z",
  "\u0000",
  "a\ud800b",
  "x".repeat(9_000),
  [[]],
  [null],
  [1],
  [{}],
  { a: { b: {} } },
];

/** Calls for each field, at any depth; the lists' first items only. */
export function* mutationsOf(body: unknown): Generator<Mutation> {
  for (const path of pathsOf(body)) {
    for (const value of WRONG_VALUES) yield { path: path.join("."), body: replaced(body, path, value) };
  }
}

function* pathsOf(value: unknown, above: readonly string[] = []): Generator<string[]> {
  if (typeof value !== "object" || value === null) return;
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.slice(0, 1).map((item) => ["0", item])
    : Object.entries(value);
  for (const [name, inner] of entries) {
    yield [...above, name];
    yield* pathsOf(inner, [...above, name]);
  }
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (String(index) === name ? replaced(item, rest, by) : item));
  }
  const object: Record<string, unknown> = { ...Object(value) };
  return { ...object, [name]: replaced(object[name], rest, by) };
}
