/** Is it working? One sentence, the most urgent thing first, from the numbers of `ringtrue status`. */
import type { Status } from "#app/db/status.ts";

const BEHIND_MS = 60_000;

/** What waits for the merchant, by the reason of the pause. */
const TO_MEND: Readonly<Record<string, string>> = {
  unauthorized:
    "Customer.io does not accept the keys: check them in Settings. Updates are kept, and sent once the keys work.",
  redirected:
    "The Customer.io workspace is in the other region: choose it in Settings. Updates are kept, and sent then.",
};

export type StatusSentence = {
  tone: "success" | "info" | "warning" | "critical";
  sentence: string;
};

export function sayStatus(status: Status, connected: boolean): StatusSentence {
  if (!connected) {
    return {
      tone: "info",
      sentence: "Ringtrue hears your shop, but is not connected to Customer.io yet.",
    };
  }
  if (status.paused) {
    const mend = TO_MEND[status.pausedBecause ?? ""];
    if (mend !== undefined) return { tone: "critical", sentence: mend };
    return {
      tone: "critical",
      sentence:
        "Customer.io cannot be reached: updates are kept and sent as soon as it answers again.",
    };
  }
  if (status.deadLetters > 0) {
    return {
      tone: "warning",
      sentence: `Working, but ${count(status.deadLetters, "message needs", "messages need")} a person.`,
    };
  }
  if (status.oldestPendingMs > BEHIND_MS) {
    return {
      tone: "warning",
      sentence: `Working, but behind: the oldest message has waited ${sayMinutes(status.oldestPendingMs)}.`,
    };
  }
  return { tone: "success", sentence: sayMode(status) };
}

function sayMode(status: Status): string {
  if (status.mode === "observe")
    return "Working: Ringtrue is observing. It decides everything and writes nothing to Customer.io.";
  if (status.mode === "test")
    return "Working: only shoppers on the test list are written to Customer.io.";
  const waiting = status.inboxPending + status.outboxPending;
  if (waiting === 0) return "Working: Customer.io knows everything Ringtrue knows.";
  return `Working: ${count(waiting, "update is", "updates are")} on the way to Customer.io.`;
}

function count(amount: number, one: string, many: string): string {
  return amount === 1 ? `1 ${one}` : `${amount.toLocaleString("en-US")} ${many}`;
}

function sayMinutes(milliseconds: number): string {
  return count(Math.floor(milliseconds / 60_000), "minute", "minutes");
}
