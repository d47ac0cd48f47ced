// One POST to the app, as a sender of hooks makes it: only 2xx counts, redirects are not followed.

export type Posted = { isAccepted: boolean; status: number | null; outcome: string };

/** Resolves with what became of it; never rejects. */
export async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
): Promise<Posted> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    await answer.arrayBuffer();
    return { isAccepted: answer.ok, status: answer.status, outcome: String(answer.status) };
  } catch (error) {
    // Refused, reset or too slow: what the sender sees of it is only that there was no answer.
    const outcome = error instanceof Error ? error.name : "failed";
    return { isAccepted: false, status: null, outcome };
  }
}
