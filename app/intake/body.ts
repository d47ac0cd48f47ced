// A body as it arrives. Up to 5 MiB it is kept; a larger one is only signed as it streams by, and
// of it the beginning is kept; beyond 32 MiB nobody listens any more.

import type { RunningSignature, Verifier } from "./signature.ts";

export const KEPT_BYTES_MAX = 5 * 1024 * 1024;
export const STREAMED_BYTES_MAX = 32 * 1024 * 1024;
export const STUB_BYTES = 64 * 1024;

export type Body = {
  /** Bytes received so far. */
  size: number;
  chunks: Buffer[];
  /** Once the body is too large to keep: its signature so far; `chunks` is then its beginning. */
  running: RunningSignature | null;
};

export function newBody(): Body {
  return { size: 0, chunks: [], running: null };
}

/** Bytes of the body that are in memory. */
export function heldBytes(body: Body): number {
  return body.running === null ? body.size : STUB_BYTES;
}

/** Takes the next chunk; false when the body is too large to be listened to. */
export function takeChunk(body: Body, chunk: Buffer, verifier: Verifier): boolean {
  body.size += chunk.length;
  if (body.size > STREAMED_BYTES_MAX) return false;
  if (body.running !== null) body.running.update(chunk);
  else {
    body.chunks.push(chunk);
    if (body.size > KEPT_BYTES_MAX) startStreaming(body, verifier);
  }
  return true;
}

/** The whole body, or the beginning of one that was too large to keep. */
export function joinBody(body: Body): Buffer {
  const [first, ...rest] = body.chunks;
  if (first === undefined) return Buffer.alloc(0);
  return rest.length === 0 ? first : Buffer.concat(body.chunks);
}

function startStreaming(body: Body, verifier: Verifier): void {
  body.running = verifier.start();
  for (const chunk of body.chunks) body.running.update(chunk);
  const head = Buffer.concat(body.chunks).subarray(0, STUB_BYTES);
  // A copy, or the little that is kept would hold all of it in memory.
  body.chunks = [Buffer.from(head)];
}
