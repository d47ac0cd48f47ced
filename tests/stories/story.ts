/**
 * Tells a shopper's story: real webhook bodies and what our own doors keep, heard in order, then in
 * random order and twice, with the same ending. For tests.
 */
import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import type { Message, Told, World } from "#app/core/testing/hear.ts";
import { hear, outcomeOf, shuffle } from "#app/core/testing/hear.ts";
import { createTeller, DAY, HOUR, MINUTE, START } from "#app/core/testing/tell.ts";

export const A = "+14155552671";
export const B = "+14155552672";
export const BEN = "+14155552675";
export const HOUSEHOLD = "+14155552676";

export const { checkout, order, customer, consent, merge, refund, tell, ...own } = createTeller(
  (topic) => {
    const name = `${topic.replaceAll("/", "_")}--1.json`;
    const file = new URL(`../fixtures/shopify/${name}`, import.meta.url);
    return JSON.parse(readFileSync(file, "utf8"));
  },
);

export const ada = { email: "ada@example.com" };
export const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;

export type Ending = (who: (identity: string) => Told) => void;

export function story(
  name: string,
  told: Message[],
  ending: Ending,
  world: Partial<World> = {},
): void {
  const known = { asOf: at(400), ...world };
  it(`${name}`, () => {
    const people = hear(told, known);
    ending((identity) => {
      const found = [...people.values()].filter(({ person }) =>
        person.identities.includes(identity),
      );
      expect(found, `who ${identity} is`).toHaveLength(1);
      const [one] = found;
      if (one === undefined) throw new Error(`nobody is ${identity}`);
      return one;
    });
  });
  it(`${name}; in any order and twice`, () => {
    const inOrder = outcomeOf(hear(told, known));
    for (let seed = 1; seed <= 12; seed += 1) {
      const again = told.map((message) => ({
        ...message,
        receivedAt: message.receivedAt + 3 * HOUR,
      }));
      expect(outcomeOf(hear(shuffle([...told, ...again], seed), known))).toEqual(inOrder);
    }
  });
}

export const phoneOf = (told: Told) => told.attributes["phone"] ?? null;
export const reasonOf = (told: Told) => told.attributes["sms_ineligible_reason"] ?? null;
export const confirmationsOf = (told: Told) =>
  told.events
    .filter(({ name }) => name === "sms_confirmation_requested")
    .map(({ body }) => body["phone"]);
export const statusOf = (told: Told) => told.attributes["sms_consent_status"];
