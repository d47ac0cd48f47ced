/**
 * What to tell next, composed from the state of now: people before events, permissions taken away
 * before everything. A person is told the whole catalogue; removed is only what Ringtrue wrote there.
 */
import type { Profile } from "#app/core/profile/profile.ts";
import { identifiersOf } from "#app/core/tell/address.ts";
import { fitEvent, fitEventName, fitPerson, tooLongIdentifier } from "#app/core/tell/fit.ts";
import type {
  EventOperation,
  Identifiers,
  IdentifyOperation,
  MergeOperation,
  Operation,
} from "#app/customerio/operations.ts";
import type { OutboxItem } from "#app/db/outbox.ts";
import type { PersonToTell, ToldRow, ToldSummary } from "#app/db/tellings.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { knownOf } from "./known-of.ts";

type Fitting = {
  /** What was cut or left out to fit Customer.io's limits, in names only; empty for nearly all. */
  trimmed: string;
  /** Why it can never be told, if so: it is a dead letter without being sent. */
  unfit: { reason: string; field: string } | null;
};

type Telling =
  | {
      kind: "identify";
      person: PersonToTell;
      /** What the profile was told before, if anything. */
      before: ToldRow | null;
      now: ToldRow;
      summary: ToldSummary;
      operation: IdentifyOperation;
    }
  | { kind: "withdraw"; person: PersonToTell; before: ToldRow; operation: IdentifyOperation }
  | { kind: "event" | "merge"; entry: OutboxItem; operation: Operation };

export type Item = Telling & Fitting;

/**
 * The items for one person: what it was told under other addresses is taken back, then everything is
 * told under the address of now. `nowSeconds` is the second of the decision.
 */
export function itemsForPerson(
  person: PersonToTell,
  told: readonly ToldRow[],
  inUse: ReadonlySet<string>,
  shop: WorkingShop,
  nowSeconds: number,
): Item[] {
  const items: Item[] = [];
  const { address } = person;
  let stamp = Math.max(nowSeconds, person.stamp + 1);
  for (const row of told) stamp = Math.max(stamp, row.stamp + 1);
  for (const before of told) {
    if (before.personId !== person.id || before.address === address) continue;
    // Somebody else is told under it by now, and will remove there what is not theirs.
    if (inUse.has(before.address)) continue;
    const operation = withdrawal(before, stamp);
    items.push({ kind: "withdraw", person, before, operation, trimmed: "", unfit: null });
  }
  if (address === null) return items;
  const before = told.find((row) => row.address === address);
  const profile = person.decision as Profile;
  const fitted = fitPerson<AttributeTold>(person.attributes, before?.names ?? []);
  const attributes: IdentifyOperation["attributes"] = fitted.attributes;
  const names = [...Object.keys(attributes), ...fitted.stays];
  for (const name of fitted.removed) attributes[name] = null;
  const mayCreate =
    shop.settings.create_people === "all" ||
    (shop.settings.create_people === "customers" && profile.customerId !== null);
  if (!mayCreate) attributes["_update"] = true;
  const operation = identify(address, stamp, attributes);
  items.push({
    kind: "identify",
    person,
    before: before ?? null,
    now: { address, personId: person.id, names, stamp },
    summary: summaryOf(profile, shop),
    operation,
    trimmed: fitted.notes.join(", "),
    unfit: unfitFor(operation.identifiers),
  });
  return items;
}

type AttributeTold = IdentifyOperation["attributes"][string];

function unfitFor(...named: Identifiers[]): Item["unfit"] {
  const field = named.map(tooLongIdentifier).find((name) => name !== null);
  return field === undefined ? null : { reason: "identifier_too_long", field };
}

function withdrawal(before: ToldRow, stamp: number): IdentifyOperation {
  const attributes: IdentifyOperation["attributes"] = { _update: true };
  // An identifier is not an attribute to be emptied: it would rename the profile.
  const emptied = before.names.filter((name) => name !== "email");
  for (const name of fitPerson({}, emptied).removed) attributes[name] = null;
  return identify(before.address, stamp, attributes);
}

function identify(
  address: string,
  timestamp: number,
  attributes: IdentifyOperation["attributes"],
): IdentifyOperation {
  return {
    type: "person",
    action: "identify",
    identifiers: identifiersOf(address),
    timestamp,
    attributes,
  };
}

function summaryOf(
  { phone, consent, candidate, customerId }: Profile,
  shop: WorkingShop,
): ToldSummary {
  return {
    phone: phone?.e164 ?? null,
    source: phone?.source ?? null,
    consent: consent.status,
    candidate: candidate?.e164 ?? null,
    customerId,
    settingsVersion: shop.settingsVersion,
  };
}

export function itemForEntry(entry: OutboxItem, shop: WorkingShop): Item {
  if (entry.kind === "merge") {
    const operation = mergeOperation(entry);
    const unfit = unfitFor(operation.primary, operation.secondary);
    return { kind: "merge", entry, operation, trimmed: "", unfit };
  }
  const { operation, notes } = eventOperation(entry, shop);
  const unfit = unfitFor(operation.identifiers);
  return { kind: "event", entry, operation, trimmed: notes.join(", "), unfit };
}

function mergeOperation(entry: OutboxItem): MergeOperation {
  const secondary = identifiersOf(entry.resource);
  return { type: "person", action: "merge", primary: identifiersOf(entry.address), secondary };
}

function eventOperation(
  entry: OutboxItem,
  shop: WorkingShop,
): { operation: EventOperation; notes: string[] } {
  const body = knownOf(entry.body);
  const titled = shop.settings.event_names === "title_case";
  const { attributes, notes } = fitEvent({
    schema_version: 1,
    event_time: entry.at.toISOString(),
    shop: shop.domain,
    source: "shopify",
    ...body,
  });
  const operation: EventOperation = {
    type: "person",
    action: "event",
    identifiers: identifiersOf(entry.address),
    id: entry.eventId,
    name: fitEventName(titled ? titleCase(entry.name) : entry.name),
    timestamp: Math.floor(entry.at.getTime() / 1000),
    attributes,
  };
  return { operation, notes };
}

/** `sms_consent_changed` → `SMS Consent Changed`. */
function titleCase(name: string): string {
  return name
    .split("_")
    .map((word) => (word === "sms" ? "SMS" : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(" ");
}
