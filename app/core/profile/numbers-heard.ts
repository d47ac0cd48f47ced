/**
 * The numbers one person's documents show, each with when it was *given*.
 *
 * The law (SEMANTICS §1): a document is a register, so only its last telling stands; but a number
 * was given when its document first showed it, and telling it again never makes it newer. An account
 * that goes back to an earlier number gives that one anew.
 */
import type { CheckoutSaid, CustomerSaid, Instant, Observation, OrderSaid } from "../heard.ts";
import { customerKey } from "../identity.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import type { Reading } from "../phone/reading.ts";
import type { Policy } from "../policy.ts";
import type { Hints } from "./country-hints.ts";
import { accountHints, contactHints, hintsOf, readHinted, shippingHints } from "./country-hints.ts";
import type { Source } from "./source.ts";
import { sourceByChannel } from "./source.ts";
import { isDefaultAddressOwn, isShippingOwn, isSmsNumberSomebodyElses } from "./whose-number.ts";

export type NumberHeard = {
  document: string;
  slot: string;
  raw: string;
  reading: Reading;
  source: Source;
  /** The source as it is told: of a form with its name, `form:popup`. */
  sourceName: string;
  givenAt: Instant;
  /** Breaks ties between numbers given at the same instant. */
  triggeredAt: Instant;
  /** When its document first showed it, by the document's own time. */
  shownAt: Instant;
  /** The document's last telling still shows it. */
  stands: boolean;
  /** The act of giving it was an order: a proof that the number is still in use. */
  provenAt: Instant;
};

type SlotSaid = { slot: string; raw: string; hints: Hints; source: Source; sourceName?: string };

export function numbersHeard(person: PersonHeard, policy: Policy): NumberHeard[] {
  const heard: NumberHeard[] = [];
  for (const [document, tellings] of person.documents) {
    const slots = new Map<string, Slot>();
    const last = lastTelling(tellings);
    for (const telling of tellings) {
      for (const said of slotsOf(telling, person, policy)) {
        const slot = slots.get(said.slot) ?? { numbers: new Map(), current: null };
        slots.set(said.slot, slot);
        hearSlot(slot, said, telling, tellings[0] === telling, document, policy);
        if (telling === last && slot.current) slot.current.stands = true;
      }
    }
    for (const { numbers } of slots.values()) heard.push(...numbers.values());
  }
  disownCopies(heard);
  return heard;
}

/** What one place of a document showed over time. */
type Slot = { numbers: Map<string, NumberHeard>; current: NumberHeard | null };

function hearSlot(
  slot: Slot,
  said: SlotSaid,
  telling: Observation,
  isFirst: boolean,
  document: string,
  policy: Policy,
): void {
  const reading = readHinted(said.raw, said.hints, policy);
  const key = reading.status === "valid" ? reading.e164 : said.raw;
  const known = slot.numbers.get(key);
  const givenAt = givenBy(telling, isFirst);
  if (known) {
    known.source = said.source;
    known.sourceName = said.sourceName ?? said.source;
    known.givenAt = Math.min(known.givenAt, givenAt);
    if (known !== slot.current && telling.says.kind === "customer") {
      known.givenAt = givenAt;
      known.triggeredAt = telling.triggeredAt;
    }
    slot.current = known;
    return;
  }
  const { triggeredAt, toldAt: shownAt } = telling;
  const { slot: name, raw, source } = said;
  const provenAt = telling.says.kind === "order" ? givenAt : 0;
  const number: NumberHeard = {
    document,
    slot: name,
    raw,
    reading,
    source,
    sourceName: said.sourceName ?? source,
    givenAt,
    triggeredAt,
    shownAt,
    stands: false,
    provenAt,
  };
  slot.numbers.set(key, number);
  slot.current = number;
}

/** A record that names no number says nothing about the number (SEMANTICS §9). */
function lastTelling(tellings: readonly Observation[]): Observation | undefined {
  const silent = ({ says }: Observation): boolean => says.kind === "consent" && says.phone === null;
  return tellings.findLast((telling) => !silent(telling));
}

/**
 * An order's numbers were given when it was made, and those an account shows first when the account
 * was made, whenever they are told.
 */
function givenBy({ says, toldAt }: Observation, isFirst: boolean): Instant {
  const madeAt =
    says.kind === "order" || (says.kind === "customer" && isFirst) ? says.createdAt : null;
  return Math.min(madeAt ?? toldAt, toldAt);
}

/**
 * Shopify copies the number of the SMS field to the account. Where that number was the recipient's,
 * the copy is no proof that it is the shopper's: only an account that showed it before is.
 */
function disownCopies(heard: readonly NumberHeard[]): void {
  const recipients = new Map<string, Instant>();
  for (const { reading, source, slot, shownAt } of heard) {
    if (source !== "delivery_contact" || slot !== "sms" || reading.status !== "valid") continue;
    recipients.set(reading.e164, Math.min(shownAt, recipients.get(reading.e164) ?? shownAt));
  }
  if (recipients.size === 0) return;
  for (const number of heard) {
    if (number.source !== "customer_account" || number.reading.status !== "valid") continue;
    const since = recipients.get(number.reading.e164);
    if (since !== undefined && number.shownAt >= since) {
      number.source = "delivery_contact";
      number.sourceName = "delivery_contact";
    }
  }
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
    case "form":
      return slotOf(says, "form", `form:${says.form}`);
    case "import":
      return slotOf(says, "import");
    case "support":
      return slotOf({ phone: says.phone, country: null }, "support");
    default:
      return [];
  }
}

function slotOf(
  { phone, country }: { phone: string | null; country: string | null },
  source: Source,
  sourceName: string = source,
): SlotSaid[] {
  return phone ? [{ slot: "phone", raw: phone, hints: hintsOf(country), source, sourceName }] : [];
}

function slotsOfCustomer(says: CustomerSaid): SlotSaid[] {
  const hints = accountHints(says);
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
  const slots: SlotSaid[] = [];
  const add = (slot: string, raw: string | null | undefined, usual: Source, hints: Hints): void => {
    if (!raw) return;
    const source = usual === "delivery_contact" ? usual : sourceByChannel(usual, says.channel);
    slots.push({ slot, raw, hints, source });
  };
  add("phone", says.phone, contact, contactHints(says));
  add("billing", says.billing?.phone, "billing_address", contactHints(says));
  const shipping = isShippingOwn(says) ? "own_address" : "delivery_contact";
  add("shipping", says.shipping?.phone, shipping, shippingHints(says));
  if (says.kind === "checkout") {
    add("sms", says.smsPhone, sourceOfSmsField(says, policy), contactHints(says));
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
  const hints = { addresses: [], others: [] };
  return [{ slot: "phone", raw: phone, hints, source: "customer_account" }];
}
