/**
 * The numbers one person's documents show, each with when it was *given*.
 *
 * The law (SEMANTICS §1): a document is a register, so only its last telling stands; but a number
 * was given when its document first showed it, and telling it again never makes it newer.
 */
import type { CheckoutSaid, CustomerSaid, Instant, Observation, OrderSaid } from "../heard.ts";
import { customerKey } from "../identity.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import type { Reading } from "../phone/reading.ts";
import type { Policy } from "../policy.ts";
import type { Source } from "./source.ts";
import { sourceByChannel } from "./source.ts";
import { isDefaultAddressOwn, isShippingOwn, isSmsNumberSomebodyElses } from "./whose-number.ts";

export type NumberHeard = {
  document: string;
  slot: string;
  raw: string;
  reading: Reading;
  source: Source;
  givenAt: Instant;
  /** Breaks ties between numbers given at the same instant. */
  triggeredAt: Instant;
  /** The document's last telling still shows it. */
  stands: boolean;
  /** The act of giving it was an order: a proof that the number is still in use. */
  provenAt: Instant;
};

type SlotSaid = { slot: string; raw: string; hints: string[]; source: Source };

export function numbersHeard(person: PersonHeard, policy: Policy): NumberHeard[] {
  const heard: NumberHeard[] = [];
  for (const [document, tellings] of person.documents) {
    const slots = new Map<string, Map<string, NumberHeard>>();
    const last = tellings.at(-1);
    for (const telling of tellings) {
      for (const said of slotsOf(telling, person, policy)) {
        const numbers = slots.get(said.slot) ?? new Map<string, NumberHeard>();
        slots.set(said.slot, numbers);
        keepFirst(numbers, said, telling, telling === last, document, policy);
      }
    }
    for (const numbers of slots.values()) {
      dateFirstOfAccount(tellings, numbers);
      heard.push(...numbers.values());
    }
  }
  return heard;
}

function keepFirst(
  numbers: Map<string, NumberHeard>,
  said: SlotSaid,
  telling: Observation,
  stands: boolean,
  document: string,
  policy: Policy,
): void {
  const reading = policy.read(said.raw, [...said.hints, policy.settings.default_country]);
  const key = reading.status === "valid" ? reading.e164 : said.raw;
  const known = numbers.get(key);
  const givenAt = givenBy(telling);
  if (!known) {
    const { triggeredAt } = telling;
    const proven = telling.says.kind === "order" ? givenAt : 0;
    const { slot, raw, source } = said;
    numbers.set(key, {
      document, slot, raw, reading, source, givenAt, triggeredAt, stands, provenAt: proven,
    });
    return;
  }
  known.stands = stands;
  known.source = said.source;
  known.givenAt = Math.min(known.givenAt, givenAt);
}

/** An order's numbers were given when it was made, whenever it is told. */
function givenBy({ says, toldAt }: Observation): Instant {
  return says.kind === "order" ? Math.min(says.createdAt ?? toldAt, toldAt) : toldAt;
}

/** The first number an account ever showed was given when the account was made. */
function dateFirstOfAccount(
  tellings: readonly Observation[],
  numbers: Map<string, NumberHeard>,
): void {
  const says = tellings[0]?.says;
  if (says?.kind !== "customer" || says.createdAt === null) return;
  let first: NumberHeard | null = null;
  for (const number of numbers.values()) if (!first || number.givenAt < first.givenAt) first = number;
  if (first) first.givenAt = Math.min(first.givenAt, says.createdAt);
}

function slotsOf({ says }: Observation, person: PersonHeard, policy: Policy): SlotSaid[] {
  switch (says.kind) {
    case "customer":
      return slotsOfCustomer(says);
    case "checkout":
      return slotsOfPurchase(says, "checkout", policy);
    case "order":
      return slotsOfPurchase(says, "order", policy);
    case "consent":
      return slotsOfConsent(says.phone, says.customer, person);
    default:
      return [];
  }
}

function slotsOfCustomer(says: CustomerSaid): SlotSaid[] {
  const hints = present([says.address?.country]);
  const slots: SlotSaid[] = [];
  if (says.phone) slots.push({ slot: "phone", raw: says.phone, hints, source: "customer_account" });
  if (says.address?.phone) {
    const source = isDefaultAddressOwn(says) ? "own_address" : "delivery_contact";
    slots.push({ slot: "default_address", raw: says.address.phone, hints, source });
  }
  return slots;
}

function slotsOfPurchase(
  says: CheckoutSaid | OrderSaid,
  contact: Source,
  policy: Policy,
): SlotSaid[] {
  const hints = present([
    says.billing?.country,
    says.customerCountry,
    says.shipping?.country,
    countryOfLocale(says.locale),
  ]);
  const slots: SlotSaid[] = [];
  const add = (slot: string, raw: string | null | undefined, usual: Source, first: string[]): void => {
    if (!raw) return;
    const source = usual === "delivery_contact" ? usual : sourceByChannel(usual, says.channel);
    slots.push({ slot, raw, hints: first, source });
  };
  add("phone", says.phone, contact, hints);
  add("billing", says.billing?.phone, "billing_address", hints);
  const shipping = isShippingOwn(says) ? "own_address" : "delivery_contact";
  add("shipping", says.shipping?.phone, shipping, present([says.shipping?.country, ...hints]));
  if (says.kind === "checkout") {
    add("sms", says.smsPhone, sourceOfSmsField(says, policy), hints);
  }
  return slots;
}

function sourceOfSmsField(says: CheckoutSaid, policy: Policy): Source {
  if (isSmsNumberSomebodyElses(says, policy)) return "delivery_contact";
  return says.ticked ? "checkout_consent" : "checkout";
}

/** A consent's number is the account's only while no account document says anything itself. */
function slotsOfConsent(phone: string | null, customer: string, person: PersonHeard): SlotSaid[] {
  if (!phone || person.documents.has(customerKey(customer))) return [];
  return [{ slot: "phone", raw: phone, hints: [], source: "customer_account" }];
}

function countryOfLocale(locale: string | null): string | null {
  return locale?.split(/[-_]/).find((part) => /^[A-Z]{2}$/.test(part)) ?? null;
}

function present(hints: (string | null | undefined)[]): string[] {
  return hints.filter((hint): hint is string => Boolean(hint));
}
