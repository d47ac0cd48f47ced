// The laws of the ledger's chains, over random chains and any tampering.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChainEntry, ConsentRecord } from "./chain.ts";
import { actText, appendTo, startOf, subjectOf } from "./chain.ts";
import type { Verdict } from "./chain-verify.ts";
import { verifyChain } from "./chain-verify.ts";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const chainOf = (subject: string): string => hash(`salt of the shop${subject}`);
const rules = { hash, chainOf };

const NUMBER = "+14155552671";
const OTHER = "+14155552672";
const CHAIN = chainOf(NUMBER);

const text = fc.string({ unit: "binary", maxLength: 8 });
const instant = fc.integer({ min: 0, max: 4e12 });
const salt = fc.stringMatching(/^[0-9a-f]{32}$/);
const record = fc.record<ConsentRecord>({
  kind: fc.constantFrom("grant", "stop", "stop", "record"),
  number: fc.constant(NUMBER),
  at: instant,
  source: text,
  document: text,
  identity: text,
  level: fc.option(text),
  purposes: fc.array(text, { maxLength: 3 }),
  disclosure: fc.option(text),
  evidence: fc.dictionary(text, text, { maxKeys: 3 }),
});
const told = fc.record({ record, salt, recordedAt: instant });
type Told = { record: ConsentRecord; salt: string; recordedAt: number };
const history = fc.array(told, { minLength: 3, maxLength: 8 });

function chainFrom(tellings: readonly Told[], chain = CHAIN): ChainEntry[] {
  const entries: ChainEntry[] = [];
  let end = startOf(chain);
  for (const one of tellings) {
    const entry = appendTo(end, one.record, one.salt, one.recordedAt, hash);
    entries.push(entry);
    end = { chain, seq: entry.seq, link: entry.link };
  }
  return entries;
}

const verify = (entries: readonly ChainEntry[]): Verdict =>
  verifyChain(startOf(CHAIN), entries, rules);

/** The places counted anew, as somebody who covers their tracks would. */
const renumbered = (entries: readonly ChainEntry[]): ChainEntry[] =>
  entries.map((entry, index) => ({ ...entry, seq: index + 1 }));

const erase = (entry: ChainEntry): ChainEntry => ({ ...entry, content: null });

function law<Inputs extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Inputs]: fc.Arbitrary<Inputs[Index]> },
  holds: (...inputs: Inputs) => void,
): void {
  fc.assert(fc.property(...arbitraries, holds));
}

/** One of them, whatever the number. */
function pick<Item>(items: readonly Item[], nth: number): Item {
  const item = items[nth % items.length];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

describe("a chain", () => {
  it("verifies as it was recorded, in one piece or in two", () => {
    law([history, fc.nat()], (tellings, nth) => {
      const entries = chainFrom(tellings);
      const end = { chain: CHAIN, seq: entries.length, link: entries.at(-1)?.link };
      expect(verify(entries)).toEqual({ whole: true, end });
      const cut = nth % entries.length;
      const first = verify(entries.slice(0, cut));
      if (!first.whole) throw new Error("expected the first piece to be whole");
      expect(verifyChain(first.end, entries.slice(cut), rules)).toEqual({ whole: true, end });
    });
  });

  it("verifies whichever contents are erased, and tells nothing of them", () => {
    law([history, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 })], (tellings, gone) => {
      const entries = chainFrom(tellings).map((entry, nth) => (gone[nth] ? erase(entry) : entry));
      expect(verify(entries).whole).toBe(true);
      const [first] = chainFrom(tellings);
      const [other] = chainFrom(tellings.map((one) => ({ ...one, salt: hash(one.salt) })));
      expect(other?.contentDigest).not.toBe(first?.contentDigest);
    });
  });

  it("is broken at the entry whose content was changed", () => {
    const change = fc.constantFrom<Partial<ConsentRecord>>(
      { kind: "revoked" },
      { number: OTHER },
      { number: null },
      { at: -1 },
      { source: "another source" },
      { document: "another document" },
      { identity: "another identity" },
      { level: "another level" },
      { purposes: ["another", "p", "u", "r"] },
      { disclosure: "another wording" },
      { evidence: { a: "1", b: "2", c: "3", d: "4" } },
    );
    law([history, fc.nat(), change], (tellings, nth, changed) => {
      const entries = chainFrom(tellings);
      const { seq } = pick(entries, nth);
      const tampered = entries.map((entry) =>
        entry.seq === seq && entry.content
          ? {
              ...entry,
              content: { ...entry.content, record: { ...entry.content.record, ...changed } },
            }
          : entry,
      );
      expect(verify(tampered)).toEqual({ whole: false, break: { seq, why: "content_changed" } });
    });
  });

  it("is broken at the entry of which anything beside the content was changed", () => {
    const digest = hash("another");
    const change = fc.constantFrom<[Partial<ChainEntry>, string]>(
      [{ contentDigest: digest }, "content_changed"],
      [{ previous: digest }, "not_linked"],
      [{ link: digest }, "link_changed"],
      [{ recordedAt: -1 }, "link_changed"],
      [{ stoppedAt: -1 }, "link_changed"],
      [{ seq: 99 }, "not_next"],
    );
    law([history, fc.nat(), change], (tellings, nth, [changed, why]) => {
      const entries = chainFrom(tellings);
      const { seq } = pick(entries, nth);
      const tampered = entries.map((entry) =>
        entry.seq === seq ? { ...entry, ...changed } : entry,
      );
      const found = { seq: changed.seq ?? seq, why };
      expect(verify(tampered)).toEqual({ whole: false, break: found });
    });
  });

  it("still shows that a stop was moved or made something else after its erasure", () => {
    law([history, fc.nat(), fc.option(instant)], (tellings, nth, movedTo) => {
      const entries = chainFrom(
        tellings.map((one) => ({ ...one, record: { ...one.record, kind: "stop" } })),
      ).map(erase);
      const stop = pick(entries, nth);
      if (movedTo === stop.stoppedAt) return;
      const tampered = entries.map((entry) =>
        entry === stop ? { ...entry, stoppedAt: movedTo } : entry,
      );
      const found = { seq: stop.seq, why: "link_changed" };
      expect(verify(tampered)).toEqual({ whole: false, break: found });
    });
  });

  it("is broken where an entry was taken out, the places closed up or not", () => {
    law([history, fc.nat(), fc.boolean()], (tellings, nth, closesUp) => {
      const entries = chainFrom(tellings);
      const gone = pick(entries.slice(0, -1), nth);
      const rest = entries.filter((entry) => entry !== gone);
      expect(verify(closesUp ? renumbered(rest) : rest)).toEqual({
        whole: false,
        break: closesUp
          ? { seq: gone.seq, why: "not_linked" }
          : { seq: gone.seq + 1, why: "not_next" },
      });
    });
  });

  it("is broken where two entries changed places", () => {
    law([history, fc.nat(), fc.nat()], (tellings, one, other) => {
      const entries = chainFrom(tellings);
      const [a, b] = [one % entries.length, other % entries.length];
      if (a === b) return;
      const moved = entries.map((entry, nth) =>
        nth === a ? pick(entries, b) : nth === b ? pick(entries, a) : entry,
      );
      const found = { seq: Math.min(a, b) + 1, why: "not_linked" };
      expect(verify(renumbered(moved))).toEqual({ whole: false, break: found });
    });
  });

  it("is broken after an entry that was put in or written anew, sealed and linked as it should be", () => {
    law([history, fc.nat(), told, fc.boolean()], (tellings, nth, forged, replaces) => {
      const entries = chainFrom(tellings);
      const at = nth % (entries.length - 1);
      const before = entries.slice(0, at);
      const end = { chain: CHAIN, seq: at, link: before.at(-1)?.link ?? CHAIN };
      const entry = appendTo(end, forged.record, forged.salt, forged.recordedAt, hash);
      if (entry.link === entries[at]?.link) return;
      const after = entries.slice(replaces ? at + 1 : at);
      expect(verify(renumbered([...before, entry, ...after]))).toEqual({
        whole: false,
        break: { seq: at + 2, why: "not_linked" },
      });
    });
  });

  it("cannot be passed off as another number's, erased or not", () => {
    law([history, fc.boolean()], (tellings, isErased) => {
      const entries = chainFrom(tellings, chainOf(OTHER)).map((entry) =>
        isErased ? erase(entry) : entry,
      );
      expect(verify(entries)).toMatchObject({ break: { seq: 1, why: "not_linked" } });
    });
  });

  it("holds what is about its number only", () => {
    law([history, fc.nat(), fc.constantFrom(OTHER, null)], (tellings, nth, number) => {
      const at = nth % tellings.length;
      const entries = chainFrom(
        tellings.map((one, place) =>
          place === at ? { ...one, record: { ...one.record, number } } : one,
        ),
      );
      const found = { seq: at + 1, why: "other_chain" };
      expect(verify(entries)).toEqual({ whole: false, break: found });
    });
  });
});

describe("an entry", () => {
  it("is the same whatever order its evidence was put together in", () => {
    law([told, fc.constant(startOf(CHAIN))], (one, end) => {
      const evidence = Object.fromEntries(Object.entries(one.record.evidence).reverse());
      const again = { ...one.record, evidence };
      expect(appendTo(end, again, one.salt, one.recordedAt, hash).link).toBe(
        appendTo(end, one.record, one.salt, one.recordedAt, hash).link,
      );
    });
  });

  it("is the same act whoever is known to have acted, and whatever else is known of it", () => {
    law([told, told], ({ record: one }, { record: other }) => {
      const { identity, purposes, disclosure, evidence } = other;
      expect(actText({ ...one, identity, purposes, disclosure, evidence })).toBe(actText(one));
      expect(actText({ ...one, number: OTHER })).not.toBe(actText(one));
    });
  });

  it("that names no number is about who acted", () => {
    law([told], ({ record: one }) => {
      expect(subjectOf(one)).toBe(NUMBER);
      expect(subjectOf({ ...one, number: null })).toBe(one.identity);
    });
  });
});
