/**
 * The control group: the smallest salted hash over a person's identities decides, so that neither
 * the order in which the identities were heard nor our own numbering plays a part.
 */
import { hash } from "node:crypto";

const BUCKETS = 1_000_000;

export function isHeldOut(identities: readonly string[], salt: Buffer, percent: number): boolean {
  const digests = identities.map((identity) =>
    hash("sha256", Buffer.concat([salt, Buffer.from(identity)]), "hex"),
  );
  const [smallest = ""] = digests.sort();
  // The smallest of many digests is small by nature: hashed once more it is fair again.
  const bucket = Number.parseInt(hash("sha256", smallest, "hex").slice(0, 12), 16) % BUCKETS;
  return bucket < (percent / 100) * BUCKETS;
}
