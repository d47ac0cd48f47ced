/** Batches as large as Customer.io takes them, in the order given. */
import { BATCH_BYTES_MAX, OPERATION_BYTES_MAX, sizeOf } from "#app/customerio/operations.ts";
import type { Item } from "./compose.ts";

export type Batches = {
  batches: Item[][];
  /** Items no request could ever carry. */
  tooLarge: Item[];
};

export function inBatches(items: readonly Item[]): Batches {
  const batches: Item[][] = [];
  const tooLarge: Item[] = [];
  let batch: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(item.operation) + 1;
    if (size > OPERATION_BYTES_MAX) {
      tooLarge.push(item);
      continue;
    }
    if (batch.length > 0 && bytes + size > BATCH_BYTES_MAX) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return { batches, tooLarge };
}
