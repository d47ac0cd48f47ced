/** Nothing is told of what is not known, in an event or in one of its items: an absent field says so itself. */
export function knownOf(body: Record<string, unknown>): Record<string, unknown> {
  const known = Object.entries(body).filter(([, value]) => value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, knownIn(value)]));
}

function knownIn(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((entry: unknown) =>
    typeof entry === "object" && entry !== null ? knownOf({ ...entry }) : entry,
  );
}
