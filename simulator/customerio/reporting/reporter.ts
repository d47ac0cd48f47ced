// Customer.io's reporting webhooks: one line of reports for each address, the first of which holds up
// all behind it until it is accepted or seven days have passed. Some answers make it wait an hour, the
// others ever longer. It gives an answer four seconds, and may send a report twice or two in the wrong
// order. A campaign's webhook actions go the same way, to an address of their own.
import { post } from "../../control/post.ts";
import { createRandom } from "../../shopify/random.ts";
import { ulidAt } from "./event-id.ts";
import { signCustomerio } from "./sign.ts";

export type ReporterOptions = {
  signingKey: string;
  /** Where the app listens. */
  appUrl: string;
  timeoutMs?: number;
  /** Real milliseconds for each second that Customer.io waits; 1000 is real time. */
  msPerSecond?: number;
  /** Share of reports sent twice. */
  duplicates?: number;
  /** Reports are shuffled within windows of this many; 1 keeps their order. */
  shuffleWindow?: number;
  seed?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
};

export type Report = {
  path: string;
  body: string;
  /** One line for each attempt: the status, or the kind of failure. */
  attempts: string[];
  state: "waiting" | "accepted" | "given_up";
};

export type Reporter = {
  /** A report about a text or a customer; `data` as the specification has it. Returns its event id. */
  report(shop: string, what: { object: string; metric: string; data: object; id?: string }): string;
  /** What a campaign's webhook action hands on: a template's body, as it stands. */
  handOn(shop: string, body: object | string): void;
  /** All that was ever to be sent, oldest first. */
  sent(): readonly Report[];
  configure(change: Partial<ReporterOptions>): void;
  /** Ends every wait: what is at the head of a line is tried again now. */
  sendNow(): void;
  /** Sends what waits for a full window; resolves when every line is empty. */
  idle(): Promise<void>;
  reset(): void;
};

const WAITS_AN_HOUR = new Set([400, 401, 402, 403, 404, 405, 410, 429, 500, 502, 521]);
const HOUR_S = 3600;
const FIRST_WAIT_S = 10;
const PATIENCE_S = 7 * 24 * HOUR_S;

export function createReporter(initial: ReporterOptions): Reporter {
  const options = { ...initial };
  const now = options.now ?? Date.now;
  const random = createRandom(options.seed ?? 1);
  const lines = new Map<string, Report[]>();
  const running = new Map<string, Promise<void>>();
  const waits = new Set<() => void>();
  let sent: Report[] = [];
  let window: Report[] = [];

  function put(path: string, body: string): void {
    const copies = 1 + Number(random.next() < (options.duplicates ?? 0));
    for (let copy = 0; copy < copies; copy += 1) {
      const report: Report = { path, body, attempts: [], state: "waiting" };
      sent.push(report);
      window.push(report);
    }
    if (window.length >= (options.shuffleWindow ?? 1)) flush();
  }

  function flush(): void {
    const ready = (options.shuffleWindow ?? 1) > 1 ? random.shuffle(window) : window;
    window = [];
    for (const report of ready) {
      const line = lines.get(report.path) ?? [];
      lines.set(report.path, line);
      line.push(report);
      if (!running.has(report.path)) start(report.path, line);
    }
  }

  function start(path: string, line: Report[]): void {
    const drained = drain(line).then(() => {
      running.delete(path);
      if (line.length > 0) start(path, line);
    });
    running.set(path, drained);
  }

  async function drain(line: Report[]): Promise<void> {
    for (let first = line[0]; first !== undefined; first = line[0]) {
      await deliver(first);
      line.shift();
    }
  }

  async function deliver(report: Report): Promise<void> {
    let waited = 0;
    for (let backoff = FIRST_WAIT_S; waited < PATIENCE_S; backoff *= 2) {
      const headers = {
        "Content-Type": "application/json",
        "User-Agent": "Customer.io Webhooks",
        // Signed anew for each attempt: the time is part of it.
        ...signCustomerio(options.signingKey, Math.floor(now() / 1000), report.body),
      };
      const url = options.appUrl + report.path;
      const { isAccepted, status, outcome } = await post(
        url,
        headers,
        report.body,
        options.timeoutMs ?? 4_000,
      );
      report.attempts.push(outcome);
      if (isAccepted) {
        report.state = "accepted";
        return;
      }
      const seconds = status === null || WAITS_AN_HOUR.has(status) ? HOUR_S : backoff;
      waited += seconds;
      await pause(seconds * (options.msPerSecond ?? 1000));
    }
    report.state = "given_up";
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        waits.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      timer.unref();
      waits.add(end);
    });
  }

  function sendNow(): void {
    for (const end of waits) end();
  }

  return {
    report(shop, { object, metric, data, id = ulidAt(now(), random.below) }) {
      const timestamp = Math.floor(now() / 1000);
      const event = { metric, event_id: id, object_type: object, timestamp, data };
      put(`/hooks/customerio/${shop}`, JSON.stringify(event));
      return id;
    },
    handOn(shop, body) {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      put(`/hooks/customerio/${shop}/reply`, text);
    },
    sent: () => sent,
    configure: (change) => void Object.assign(options, change),
    sendNow,
    async idle() {
      flush();
      while (running.size > 0) await Promise.all(running.values());
    },
    reset() {
      sent = [];
      window = [];
      for (const line of lines.values()) line.splice(1);
    },
  };
}
