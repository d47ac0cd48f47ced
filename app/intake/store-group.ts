// One bad row must not cost a whole group its answer. When the database refuses a group for its
// content, its rows go in one by one, so that only the bad one fails. When it fails in any other
// way nobody knows what was stored, and every row of the group counts as not stored.

import type { Inbox, InboxRow } from "../db/inbox.ts";
import { isDataError } from "../db/kept-connection.ts";

export type StoredGroup<Entry> = {
  failed: ReadonlySet<Entry>;
  /** Rows that were there before. */
  repeated: number;
};

const NONE: ReadonlySet<never> = new Set<never>();

/** Stores a group; never rejects. `onFault` hears of every failure. */
export async function storeGroup<Entry extends InboxRow>(
  inbox: Inbox,
  group: readonly Entry[],
  onFault: (error: unknown) => void,
): Promise<StoredGroup<Entry>> {
  try {
    const fresh = await inbox.keep(group);
    return { failed: NONE, repeated: group.length - fresh };
  } catch (error) {
    onFault(error);
    if (group.length === 1 || !isDataError(error)) return { failed: new Set(group), repeated: 0 };
    return await storeOneByOne(inbox, group, onFault);
  }
}

async function storeOneByOne<Entry extends InboxRow>(
  inbox: Inbox,
  group: readonly Entry[],
  onFault: (error: unknown) => void,
): Promise<StoredGroup<Entry>> {
  const failed = new Set<Entry>();
  let repeated = 0;
  for (const entry of group) {
    const alone = await storeGroup(inbox, [entry], onFault);
    repeated += alone.repeated;
    if (alone.failed.size > 0) failed.add(entry);
  }
  return { failed, repeated };
}
