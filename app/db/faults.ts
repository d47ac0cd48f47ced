/** Which faults pass by themselves, and which lie in the data. */
import pg from "pg";

/**
 * SQLSTATE classes that say nothing about the rows: connection, resources, conflicts, operator; and
 * 42, a statement that does not fit the schema, which is ours to mend and no message's fault.
 */
const PASSING = /^(08|25|40|42|53|55|57|58|XX)/;

export function isTransient(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError && PASSING.test(fault.code ?? "");
}

/** The connection itself is gone, or in a state nobody knows. */
export function isLostConnection(fault: unknown): boolean {
  if (fault instanceof pg.DatabaseError) return /^(08|57P)/.test(fault.code ?? "");
  if (!(fault instanceof Error)) return false;
  const code = "code" in fault ? String(fault.code) : "";
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code) ||
    /^(Connection terminated|Query read timeout|Client has encountered a connection error|Client was closed|timeout expired)/.test(
      fault.message,
    )
  );
}

/** Waited too long for a row (with a `lock_timeout`), or in a circle: the same may work in a moment. */
export function isLockConflict(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError && (fault.code === "55P03" || fault.code === "40P01");
}
