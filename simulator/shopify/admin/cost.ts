// The leaky bucket of query cost: points in a bucket of `maximum`, refilled by `rate` a second.
import { Kind, visit, type DocumentNode } from "graphql";
import type { Clock } from "../clock.ts";

export type CostBucket = {
  /** Takes the points, or answers false: throttled. */
  take(points: number): boolean;
  extensions(requested: number, actual: number | null): Record<string, unknown>;
};

export function createCostBucket(clock: Clock, maximum = 2000, rate = 100): CostBucket {
  let available = maximum;
  let since = clock.now().getTime();
  function refill(): void {
    const now = clock.now().getTime();
    available = Math.min(maximum, available + (Math.max(0, now - since) / 1000) * rate);
    since = now;
  }
  return {
    take(points) {
      refill();
      if (points > available) return false;
      available -= points;
      return true;
    },
    extensions(requested, actual) {
      refill();
      return {
        cost: {
          requestedQueryCost: requested,
          actualQueryCost: actual,
          throttleStatus: {
            maximumAvailable: maximum,
            currentlyAvailable: Math.floor(available),
            restoreRate: rate,
          },
        },
      };
    },
  };
}

/** A rough price, near Shopify's: a point per object asked for, ten per mutation, page sizes added. */
export function priceOf(document: DocumentNode, variables: Record<string, unknown>): number {
  let points = 0;
  visit(document, {
    OperationDefinition(node) {
      if (node.operation === "mutation") points += 10;
    },
    Field(node) {
      if (node.selectionSet !== undefined) points += 1;
      for (const argument of node.arguments ?? []) {
        if (argument.name.value !== "first" && argument.name.value !== "last") continue;
        const value =
          argument.value.kind === Kind.VARIABLE ? variables[argument.value.name.value] : undefined;
        points +=
          argument.value.kind === Kind.INT ? Number(argument.value.value) : Number(value ?? 0);
      }
    },
  });
  return Math.max(1, points);
}
