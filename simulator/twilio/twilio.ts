// A Twilio account as the app meets it: it tells of texts that came in and of what became of those that
// went out, as signed forms, in no promised order and now and then twice, and tries again a few times.
import { setTimeout as wait } from "node:timers/promises";
import { post } from "../control/post.ts";
import { createRandom } from "../shopify/random.ts";
import { signTwilio } from "./sign.ts";

export type TwilioOptions = {
  authToken: string;
  /** Where the app listens. */
  appUrl: string;
  /** The origin that stands in the account's settings and is signed; `appUrl` unless told. */
  publicUrl?: string;
  /** The number that texts for the shop. */
  number?: string;
  /** Whether Twilio says for what it took a keyword (`OptOutType`); true. */
  advancedOptOut?: boolean;
  /** Attempts after the first; 3. */
  retries?: number;
  /** Real milliseconds for each second between attempts; 1000 is real time. */
  msPerSecond?: number;
  timeoutMs?: number;
  /** Share of callbacks sent twice. */
  duplicates?: number;
  /** Callbacks are shuffled within windows of this many; 1 keeps their order. */
  shuffleWindow?: number;
  seed?: number;
};

export type Callback = {
  shop: string;
  fields: Record<string, string>;
  /** One line for each attempt: the status, or the kind of failure. */
  attempts: string[];
  state: "waiting" | "accepted" | "given_up";
};

export type Text = { from: string; body: string; sid?: string };
export type Status = { to: string; status: string; errorCode?: string; sid?: string };

export type Twilio = {
  /** A shopper texts the shop. Returns the message's SID. */
  receive(shop: string, text: Text): string;
  /** What became of a text that went out. Returns the message's SID. */
  report(shop: string, status: Status): string;
  /** All callbacks, oldest first. */
  sent(): readonly Callback[];
  /** Changes how callbacks go out from now on. */
  configure(change: Partial<TwilioOptions>): void;
  /** Sends what waits for a full window; resolves when each callback is accepted or given up. */
  idle(): Promise<void>;
  reset(): void;
};

const RETRY_SECONDS = 15;
const OPT_OUT_TYPES: Record<string, readonly string[]> = {
  STOP: ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"],
  START: ["START", "YES", "UNSTOP"],
  HELP: ["HELP", "INFO"],
};

export function createTwilio(initial: TwilioOptions): Twilio {
  const options = { ...initial };
  const random = createRandom(options.seed ?? 1);
  let callbacks: Callback[] = [];
  let window: Callback[] = [];
  let messages = 0;
  const underWay = new Set<Promise<void>>();

  function newSid(): string {
    messages += 1;
    return `SM${messages.toString(16).padStart(32, "0")}`;
  }

  function tell(shop: string, fields: Record<string, string>): void {
    const copies = 1 + Number(random.next() < (options.duplicates ?? 0));
    for (let copy = 0; copy < copies; copy += 1) {
      const callback: Callback = { shop, fields, attempts: [], state: "waiting" };
      callbacks.push(callback);
      window.push(callback);
    }
    if (window.length >= (options.shuffleWindow ?? 1)) flush();
  }

  function flush(): void {
    for (const callback of random.shuffle(window)) {
      const done = deliver(callback).finally(() => underWay.delete(done));
      underWay.add(done);
    }
    window = [];
  }

  async function deliver(callback: Callback): Promise<void> {
    for (let left = options.retries ?? 3; ; left -= 1) {
      const path = `/hooks/twilio/${callback.shop}`;
      const signature = signTwilio(
        options.authToken,
        (options.publicUrl ?? options.appUrl) + path,
        callback.fields,
      );
      const headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "User-Agent": "TwilioProxy/1.1",
        "X-Twilio-Signature": signature,
      };
      const body = new URLSearchParams(callback.fields).toString();
      const posted = await post(options.appUrl + path, headers, body, options.timeoutMs ?? 15_000);
      callback.attempts.push(posted.outcome);
      if (posted.isAccepted) callback.state = "accepted";
      // Twilio repeats what had no answer or met a fault, and believes a refusal.
      else if (left === 0 || isRefusal(posted.status)) callback.state = "given_up";
      if (callback.state !== "waiting") return;
      await wait(RETRY_SECONDS * (options.msPerSecond ?? 1000));
    }
  }

  return {
    receive(shop, { from, body, sid = newSid() }) {
      const word = body.trim().toUpperCase();
      const [type] = Object.entries(OPT_OUT_TYPES).find(([, words]) => words.includes(word)) ?? [];
      tell(shop, {
        ...{ MessageSid: sid, SmsSid: sid, SmsStatus: "received", From: from },
        ...{ To: options.number ?? "+15005550006", Body: body, NumMedia: "0" },
        ...(type !== undefined && options.advancedOptOut !== false ? { OptOutType: type } : {}),
      });
      return sid;
    },
    report(shop, { to, status, errorCode, sid = newSid() }) {
      tell(shop, {
        ...{ MessageSid: sid, SmsSid: sid, MessageStatus: status, SmsStatus: status },
        ...{ From: options.number ?? "+15005550006", To: to },
        ...(errorCode === undefined ? {} : { ErrorCode: errorCode }),
      });
      return sid;
    },
    sent: () => callbacks,
    configure: (change) => void Object.assign(options, change),
    async idle() {
      flush();
      while (underWay.size > 0) await Promise.all(underWay);
    },
    reset() {
      callbacks = [];
      window = [];
    },
  };
}

function isRefusal(status: number | null): boolean {
  return status !== null && status >= 400 && status < 500 && status !== 429;
}
