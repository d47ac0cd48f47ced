// Shopify signs the raw bytes of a body, and nothing else, with the app's secret. After a secret
// was rotated, deliveries may carry the old signature for a while, so the previous one counts too.

import {
  createHmac,
  createSecretKey,
  timingSafeEqual,
  type Hmac,
  type KeyObject,
} from "node:crypto";

export type Secrets = { current: string; previous: string | null };

/** A running signature over a body that is not kept in memory. */
export type RunningSignature = {
  update(chunk: Buffer): void;
  /** Ends the signature: true when `signature` (base64) is that of what was fed in. */
  matches(signature: string): boolean;
};

export type Verifier = {
  /** True when `signature` (base64, from the header) is that of `body` under either secret. */
  verify(body: Buffer, signature: string): boolean;
  start(): RunningSignature;
};

/** Builds the verifier once; the keys are prepared here and not per request. */
export function createVerifier(secrets: Secrets): Verifier {
  const keys = [secrets.current, ...(secrets.previous === null ? [] : [secrets.previous])].map(
    (secret) => createSecretKey(secret, "utf8"),
  );
  return {
    verify(body, signature) {
      const given = Buffer.from(signature, "latin1");
      for (const key of keys) if (isSame(newHmac(key).update(body), given)) return true;
      return false;
    },
    start: () => startSignature(keys),
  };
}

function startSignature(keys: readonly KeyObject[]): RunningSignature {
  const running = keys.map(newHmac);
  return {
    update(chunk) {
      for (const hmac of running) hmac.update(chunk);
    },
    matches(signature) {
      const given = Buffer.from(signature, "latin1");
      return running.some((hmac) => isSame(hmac, given));
    },
  };
}

function newHmac(key: KeyObject): Hmac {
  return createHmac("sha256", key);
}

// Compared as text: decoding base64 forgives what follows it and the last bits of its last letter.
function isSame(hmac: Hmac, given: Buffer): boolean {
  const expected = Buffer.from(hmac.digest("base64"), "latin1");
  return expected.length === given.length && timingSafeEqual(expected, given);
}
