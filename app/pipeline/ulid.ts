/**
 * Deterministic ULIDs: 48 bits of an immutable time of the resource and 80 bits of a digest over
 * shop, event name and resource. The same thing heard from any topic, in any order, has one id, so
 * Customer.io drops the repeat even where we could not.
 */
import { createHash } from "node:crypto";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_MAX = 2 ** 48 - 1;

/** `at` in milliseconds since 1970; earlier instants count as 1970. */
export function ulidOf(at: number, ...content: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(content)).digest();
  const bits = Buffer.alloc(16);
  bits.writeUIntBE(Math.min(Math.max(0, Math.floor(at)), TIME_MAX), 0, 6);
  digest.copy(bits, 6, 0, 10);
  let value = BigInt(`0x${bits.toString("hex")}`);
  let text = "";
  for (let index = 0; index < 26; index += 1) {
    text = CROCKFORD.charAt(Number(value & 31n)) + text;
    value >>= 5n;
  }
  return text;
}
