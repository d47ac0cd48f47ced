// Sealing: how credentials and tokens are kept. AES-256-GCM with a fresh nonce each time; the text
// says by which scheme and which key it was sealed, and both are authenticated with it.
//
//   v1.<key id>.<base64url of nonce (12) | tag (16) | ciphertext>
//
// The key id is eight hex digits of a digest of the key: enough to tell two keys apart, of no use
// to find one.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

export type Sealer = {
  seal(text: string): string;
  /** Throws a SealError when the text was altered, or sealed by a key that is not at hand. */
  open(sealed: string): string;
};

export type Encryption = { key: Buffer; previous: Buffer | null };

/** Carries no part of the text. */
export class SealError extends Error {
  override name = "SealError";
}

const ALGORITHM = "aes-256-gcm";
const SCHEME = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals with the key; opens what the key or the previous key has sealed. */
export function createSealer(encryption: Encryption): Sealer {
  const current = keyId(encryption.key);
  const keys = new Map([[current, encryption.key]]);
  if (encryption.previous !== null) keys.set(keyId(encryption.previous), encryption.previous);
  const prefix = `${SCHEME}.${current}`;
  return {
    seal: (text) => `${prefix}.${encrypt(encryption.key, prefix, text)}`,
    open: (sealed) => {
      const [scheme, id, content] = sealed.split(".");
      if (scheme !== SCHEME || id === undefined || content === undefined) {
        throw new SealError("this is no sealed text");
      }
      const key = keys.get(id);
      if (key === undefined) {
        throw new SealError(
          `sealed by key ${id}, which is neither ENCRYPTION_KEY nor ENCRYPTION_KEY_PREVIOUS`,
        );
      }
      return decrypt(key, `${scheme}.${id}`, content);
    },
  };
}

function keyId(key: Buffer): string {
  return createHash("sha256").update("ringtrue key id").update(key).digest("hex").slice(0, 8);
}

function encrypt(key: Buffer, prefix: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(prefix));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
}

function decrypt(key: Buffer, prefix: string, content: string): string {
  const bytes = Buffer.from(content, "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new SealError("the sealed text is cut short");
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const opener = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  opener.setAAD(Buffer.from(prefix));
  opener.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
  try {
    return Buffer.concat([opener.update(body), opener.final()]).toString("utf8");
  } catch (cause) {
    throw new SealError("the sealed text was altered", { cause });
  }
}
