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

const DEEP = 3;
const STRIDE = 4;

/**
 * Every field, at any depth, of the lists' first items only; at the top each with every wrong value,
 * deep down with every fourth of them, in turn.
 */
export function* mutationsOf(body: unknown): Generator<Mutation> {
  let fields = 0;
  for (const path of pathsOf(body)) {
    fields += 1;
    for (const [index, value] of WRONG_VALUES.entries()) {
      if (path.length >= DEEP && (index + fields) % STRIDE !== 0) continue;
      yield { path: path.join("."), body: replaced(body, path, value) };
    }
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
    return value.map((item: unknown, index) =>
      String(index) === name ? replaced(item, rest, by) : item,
    );
  }
  const object: Record<string, unknown> = { ...Object(value) };
  return { ...object, [name]: replaced(object[name], rest, by) };
}
