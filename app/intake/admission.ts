// How much may wait. Beyond it a request is refused before its body is read: a queue that grows
// without bound answers nobody in time. And nobody waits longer than the sender does: Shopify
// hangs up after five seconds, so after four every request has its answer.

export type AdmissionLimits = { requestsMax: number; bytesMax: number; waitMsMax: number };

/** A request being received or stored. Times are milliseconds of one monotonic clock. */
export type Admitted = { readonly admittedAt: number; heldBytes: number };

export type Admission<Request extends Admitted> = {
  /** Counts the request in, with the bytes it holds; false when there is no room. */
  enter(request: Request): boolean;
  /** Changes the bytes an admitted request holds; false (and unchanged) when there is no room. */
  hold(request: Request, bytes: number): boolean;
  leave(request: Request): void;
  /** Admitted requests that have waited too long, oldest first. They stay until they leave. */
  overdue(now: number): Request[];
  /** All admitted requests, oldest first. */
  all(): Iterable<Request>;
  requests(): number;
  bytes(): number;
};

export function createAdmission<Request extends Admitted>(
  limits: AdmissionLimits,
): Admission<Request> {
  // In order of admission: a set keeps the order in which it was filled.
  const inside = new Set<Request>();
  let bytes = 0;
  return {
    enter(request) {
      if (inside.size >= limits.requestsMax || bytes + request.heldBytes > limits.bytesMax)
        return false;
      inside.add(request);
      bytes += request.heldBytes;
      return true;
    },
    hold(request, wanted) {
      const after = bytes - request.heldBytes + wanted;
      if (wanted > request.heldBytes && after > limits.bytesMax) return false;
      bytes = after;
      request.heldBytes = wanted;
      return true;
    },
    leave(request) {
      if (inside.delete(request)) bytes -= request.heldBytes;
    },
    overdue(now) {
      const late: Request[] = [];
      for (const request of inside) {
        if (now - request.admittedAt < limits.waitMsMax) break;
        late.push(request);
      }
      return late;
    },
    all: () => inside,
    requests: () => inside.size,
    bytes: () => bytes,
  };
}
