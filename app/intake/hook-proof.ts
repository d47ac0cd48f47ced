// What a hook's headers and path say of where it comes from, before its body is there: whose it claims
// to be, and what its secret has to be for that to be true.

import type { IncomingMessage } from "node:http";

import type { HookEntrance, HookKind } from "./hook-entrance.ts";
import {
  isCustomerioSignature,
  isTwilioSignature,
  readCustomerioSigned,
} from "./hook-signatures.ts";
import type { ShopSecrets } from "./shop-secrets.ts";

export type HookProof = {
  shop: string;
  kind: HookKind;
  /** Milliseconds since 1970; null where the signature has no time. */
  signedAt: number | null;
  /** True when the body was signed with the shop's secret; never without one. */
  isBy(secrets: ShopSecrets, body: Buffer): boolean;
};

/** Null when nothing could prove it: no such shop, no signature, one from another time. */
export function readProof(
  { kind, shop }: HookEntrance,
  request: IncomingMessage,
  publicUrl: string,
  now: number,
): HookProof | null {
  if (shop === null) return null;
  if (kind !== "twilio") {
    const signed = readCustomerioSigned(request.headers, now);
    return (
      signed && {
        shop,
        kind,
        signedAt: signed.signedAt,
        isBy: ({ customerio }, body) =>
          customerio !== null && isCustomerioSignature(customerio, signed, body),
      }
    );
  }
  const signature = request.headers["x-twilio-signature"];
  if (typeof signature !== "string") return null;
  const url = publicUrl + (request.url ?? "");
  return {
    shop,
    kind,
    signedAt: null,
    isBy: ({ twilio }, body) => twilio !== null && isTwilioSignature(twilio, signature, url, body),
  };
}
