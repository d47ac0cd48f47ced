import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { buyer, createTeller, DAY, MINUTE, START } from "../testing/tell.ts";

const { noted, order } = createTeller(() => ({}));
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", customer: buyer(1) };
const DOUBTFUL = "14155552671";
const MEANT = "+14155552671";
const OTHER = "+14155552672";
const doubtful = { ...ada, billing_address: { country_code: "GB" } };
const resolves = (note: string, day: number, raw: string, e164: string) =>
  noted(note, at(day), { customer: "1", resolves: { raw, e164 } });

/** What the shopper's phone is, the same whatever was heard first. */
function phoneAfter(messages: Message[]): string | undefined {
  const [phone, again] = [messages, messages.toReversed()].map(
    (told) =>
      hear(told, { asOf: at(300), settings: { default_country: "GB" } }).get("customer:1")?.decision
        .profile.phone?.e164,
  );
  expect(again).toBe(phone);
  return phone;
}

describe("what support reads a doubtful number as", () => {
  const typed = order(10, at(0), { ...doubtful, phone: DOUBTFUL });

  it("is what it means from then on", () => {
    expect(phoneAfter([typed])).toBeUndefined();
    expect(phoneAfter([typed, resolves("n1", 7, DOUBTFUL, MEANT)])).toBe(MEANT);
  });

  it("is what the last note says, of two at once that with the greater name", () => {
    const first = resolves("n1", 7, DOUBTFUL, OTHER);
    expect(phoneAfter([typed, first, resolves("n0", 8, DOUBTFUL, MEANT)])).toBe(MEANT);
    expect(phoneAfter([typed, first, resolves("n2", 7, DOUBTFUL, MEANT)])).toBe(MEANT);
    expect(phoneAfter([typed, first, resolves("n0", 7, DOUBTFUL, MEANT)])).toBe(OTHER);
  });

  it("leaves other texts as they are, in doubt or not", () => {
    const other = order(11, at(5), { ...doubtful, phone: "14155552672" });
    expect(phoneAfter([typed, other, resolves("n1", 7, DOUBTFUL, MEANT)])).toBe(MEANT);
    const clear = order(10, at(0), { ...ada, phone: MEANT });
    expect(phoneAfter([clear, resolves("n1", 7, MEANT, OTHER)])).toBe(MEANT);
  });

  it("changes nothing where it is no number itself", () => {
    expect(phoneAfter([typed, resolves("n1", 7, DOUBTFUL, "+14155")])).toBeUndefined();
  });
});
