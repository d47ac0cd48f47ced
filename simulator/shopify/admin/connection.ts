// GraphQL connections over lists: `first`, `after`, `last`, `before`, `reverse`. A cursor is a position.
export type ConnectionArgs = {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  reverse?: boolean | null;
  query?: string | null;
};

export type Connection<T> = {
  edges: { cursor: string; node: T }[];
  nodes: T[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
};

function cursorAt(position: number): string {
  return Buffer.from(`position:${position}`).toString("base64url");
}

function positionOf(cursor: string): number {
  const position = Number(Buffer.from(cursor, "base64url").toString().replace("position:", ""));
  if (!Number.isInteger(position)) throw new Error("Invalid cursor for current pagination sort.");
  return position;
}

export function connect<T, N>(
  items: readonly T[],
  args: ConnectionArgs,
  toNode: (item: T) => N,
): Connection<N> {
  if (args.first == null && args.last == null)
    throw new Error("you must provide one of first or last");
  const ordered = args.reverse === true ? items.toReversed() : items;
  let start = args.after == null ? 0 : positionOf(args.after) + 1;
  let end = args.before == null ? ordered.length : positionOf(args.before);
  if (args.first != null) end = Math.min(end, start + Math.min(args.first, 250));
  else start = Math.max(start, end - Math.min(args.last ?? 0, 250));
  const edges = ordered
    .slice(start, end)
    .map((item, index) => ({ cursor: cursorAt(start + index), node: toNode(item) }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: end < ordered.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
