// Twilio's signature: the address it was given, then every field's name and value in the order of the
// names, HMAC-SHA1 under the account's auth token, base64.
import { createHmac } from "node:crypto";

/** @param url the public address, with its query */
export function signTwilio(
  token: string,
  url: string,
  fields: Readonly<Record<string, string>>,
): string {
  const signed = Object.entries(fields)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .reduce((text, [name, value]) => text + name + value, url);
  return createHmac("sha1", token).update(signed, "utf8").digest("base64");
}
