// A process that is measured: hearing from it, and ending it.

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** The next message; throws when the process ends instead. */
export async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const over = new AbortController();
  const { signal } = over;
  try {
    const [message] = await Promise.race([
      once(child, "message", { signal }),
      once(child, "exit", { signal }).then(() => {
        throw new Error("a measured process ended too soon");
      }),
    ]);
    return message;
  } finally {
    over.abort();
  }
}

/** Resolves when it is gone, whether or not it was before. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
