/**
 * Tells the persons of a cluster of identities apart.
 *
 * The law (SEMANTICS §6): a Shopify customer id is the strong identity. An email is a register that
 * points at one customer, the last one named with it. A checkout belongs to the last customer or
 * email it named, with everything it said before. Only one customer id with both, or a successful
 * merge, joins; a phone never does. The answer depends on the set of observations alone.
 */
import type { CheckoutSaid, IdentityKey, Instant, Observation, OrderSaid } from "../heard.ts";
import { byTime } from "../heard.ts";
import { cartKey, checkoutKey, customerKey, emailKey, orderKey, whoIsNamed } from "../identity.ts";

export type PersonHeard = {
  /** The strongest identity: `customer:…`, else `email:…`, else the document that names nobody. */
  anchor: IdentityKey;
  customerId: string | null;
  /** The email to be addressed by: the account's own, else the last one named. */
  email: string | null;
  /** Every identity that is this person's. */
  identities: IdentityKey[];
  /** This person's documents, each with its tellings in order. */
  documents: Map<IdentityKey, Observation[]>;
};

/** Each document's tellings, in order. */
type Documents = ReadonlyMap<IdentityKey, readonly Observation[]>;

/** Whom a telling names, and when. A test order's naming gives way to any other. */
type Naming = {
  at: Instant;
  triggeredAt: Instant;
  by: Observation;
  who: IdentityKey;
  test: boolean;
};

export function tellPeopleApart(observations: readonly Observation[]): PersonHeard[] {
  const documents = groupByDocument(observations);
  const root = customerRoots(observations, documents);
  const emailOwners = ownersOfEmails(observations, documents, root);
  const namings = lastNamings(observations, documents);
  const people = new Map<IdentityKey, PersonHeard>();

  const ownerOf = (who: IdentityKey): IdentityKey => {
    if (who.startsWith("customer:")) return customerKey(root(who.slice("customer:".length)));
    const customer = emailOwners.get(who);
    return customer === undefined ? who : customerKey(customer);
  };
  const personAt = (anchor: IdentityKey): PersonHeard => {
    const known = people.get(anchor);
    if (known) return known;
    const person: PersonHeard = {
      anchor,
      customerId: anchor.startsWith("customer:") ? anchor.slice("customer:".length) : null,
      email: null,
      identities: [anchor],
      documents: new Map(),
    };
    people.set(anchor, person);
    return person;
  };
  const ownerOfDocument = (
    document: IdentityKey,
    tellings: readonly Observation[],
  ): IdentityKey => {
    const says = tellings.at(-1)?.says;
    if (!says) return document;
    switch (says.kind) {
      case "customer":
      case "customer_gone":
      case "consent":
        return ownerOf(customerKey(says.customer));
      case "form":
      case "import":
      case "support":
      case "preference": {
        const who = whoIsNamed(says);
        return who === null ? document : ownerOf(who);
      }
      case "merge":
        return ownerOf(customerKey(says.kept));
      case "checkout":
      case "order":
        return ownerOrItself(namingOfPurchase(document, says, namings), document);
      case "fulfillment":
      case "refund":
      case "fulfillment_event": {
        const order = orderOf(tellings);
        const tellingsOfOrder = order === null ? undefined : documents.get(order);
        return order !== null && tellingsOfOrder
          ? ownerOfDocument(order, tellingsOfOrder)
          : document;
      }
      case "checkout_gone":
        return ownerOrItself(namings.get(cartKey(says.cart)), document);
    }
  };
  const ownerOrItself = (naming: Naming | undefined, document: IdentityKey): IdentityKey =>
    naming ? ownerOf(naming.who) : document;

  for (const identity of identitiesOfPeople(observations)) {
    const person = personAt(ownerOf(identity));
    if (identity !== person.anchor) person.identities.push(identity);
  }
  for (const [document, tellings] of documents) {
    const person = personAt(ownerOfDocument(document, tellings));
    person.documents.set(document, tellings);
    if (!person.identities.includes(document)) person.identities.push(document);
  }
  for (const person of people.values()) person.email = emailOf(person);
  return [...people.values()].sort((a, b) => (a.anchor < b.anchor ? -1 : 1));
}

function groupByDocument(observations: readonly Observation[]): Map<IdentityKey, Observation[]> {
  const documents = new Map<IdentityKey, Observation[]>();
  for (const observation of observations) {
    const tellings = documents.get(observation.document);
    if (tellings) tellings.push(observation);
    else documents.set(observation.document, [observation]);
  }
  for (const tellings of documents.values()) if (tellings.length > 1) tellings.sort(byTime);
  return documents;
}

/** Follows successful merges to the customer that was kept; a cycle ends at its smallest id. */
function customerRoots(
  observations: readonly Observation[],
  documents: Documents,
): (customer: string) => string {
  const kept = new Map<string, Naming>();
  for (const observation of observations) {
    const { says } = observation;
    if (says.kind === "merge")
      keepLast(kept, says.gone, namingBy(observation, says.kept, documents));
  }
  if (kept.size === 0) return (customer) => customer;
  return (customer) => {
    const seen = [customer];
    for (let next = kept.get(customer); next; next = kept.get(next.who)) {
      if (seen.includes(next.who)) return seen.slice(seen.indexOf(next.who)).sort()[0] ?? customer;
      seen.push(next.who);
    }
    return seen.at(-1) ?? customer;
  };
}

/** An email points at the customer it was last named with: email key → customer id. */
function ownersOfEmails(
  observations: readonly Observation[],
  documents: Documents,
  root: (customer: string) => string,
): Map<IdentityKey, string> {
  const last = new Map<IdentityKey, Naming>();
  for (const observation of observations) {
    const { says } = observation;
    if (says.kind !== "customer" && says.kind !== "checkout" && says.kind !== "order") continue;
    if (says.customer === null || says.email === null) continue;
    keepLast(last, emailKey(says.email), namingBy(observation, says.customer, documents));
  }
  return new Map([...last].map(([email, naming]) => [email, root(naming.who)]));
}

/**
 * Whom each checkout, order and cart named last. An order also names the owner of the checkout and
 * the cart it came from.
 */
function lastNamings(
  observations: readonly Observation[],
  documents: Documents,
): Map<IdentityKey, Naming> {
  const last = new Map<IdentityKey, Naming>();
  for (const observation of observations) {
    const { says } = observation;
    if (says.kind !== "checkout" && says.kind !== "order") continue;
    const who = says.customer ? customerKey(says.customer) : says.email && emailKey(says.email);
    if (!who) continue;
    const naming = namingBy(observation, who, documents);
    keepLast(last, observation.document, {
      ...naming,
      at: observation.toldAt,
      triggeredAt: observation.triggeredAt,
    });
    if (says.cart) keepLast(last, cartKey(says.cart), naming);
    if (says.kind === "order" && says.checkout) keepLast(last, checkoutKey(says.checkout), naming);
  }
  return last;
}

/** Who itself names nobody belongs to whom its checkout, else its cart, named last. */
function namingOfPurchase(
  document: IdentityKey,
  says: CheckoutSaid | OrderSaid,
  namings: ReadonlyMap<IdentityKey, Naming>,
): Naming | undefined {
  const viaCheckout = says.kind === "order" && says.checkout ? checkoutKey(says.checkout) : null;
  const viaCart = says.cart ? cartKey(says.cart) : null;
  for (const key of [document, viaCheckout, viaCart]) {
    const naming = key === null ? undefined : namings.get(key);
    if (naming) return naming;
  }
  return undefined;
}

/**
 * An order named its people when it was made; telling it again later names nobody anew. A time in
 * the future is the time of its first telling.
 */
function namingBy(observation: Observation, who: IdentityKey, documents: Documents): Naming {
  const { says, toldAt, triggeredAt, document } = observation;
  const naming = { by: observation, who, at: toldAt, triggeredAt, test: false };
  if (says.kind !== "order") return naming;
  const first = documents.get(document)?.[0] ?? observation;
  const at = Math.min(says.createdAt ?? first.toldAt, first.toldAt);
  return { ...naming, at, triggeredAt: first.triggeredAt, test: says.test };
}

function keepLast(last: Map<IdentityKey, Naming>, key: IdentityKey, naming: Naming): void {
  const known = last.get(key);
  if (!known || isLater(naming, known)) last.set(key, naming);
}

/** Later wins; ties by trigger, then by document, within one as its tellings stand. */
function isLater(a: Naming, b: Naming): boolean {
  if (a.test !== b.test) return b.test;
  if (a.at !== b.at) return a.at > b.at;
  if (a.triggeredAt !== b.triggeredAt) return a.triggeredAt > b.triggeredAt;
  if (a.by.document !== b.by.document) return a.by.document < b.by.document;
  return byTime(a.by, b.by) > 0;
}

/** Customers and emails are people even when no document is left to them (SEMANTICS story 23). */
function identitiesOfPeople(observations: readonly Observation[]): Set<IdentityKey> {
  const identities = new Set<IdentityKey>();
  for (const { says } of observations) {
    if (says.kind === "merge") {
      identities.add(customerKey(says.kept));
      identities.add(customerKey(says.gone));
    }
    if ("customer" in says && says.customer) identities.add(customerKey(says.customer));
    if ("email" in says && says.email) identities.add(emailKey(says.email));
  }
  return identities;
}

function orderOf(tellings: readonly Observation[]): IdentityKey | null {
  for (const { says } of tellings) {
    if ("order" in says && says.order) return orderKey(says.order);
  }
  return null;
}

/** The account's own email; else the one an account merged into it had; else the last one named. */
function emailOf(person: PersonHeard): string | null {
  if (person.anchor.startsWith("email:")) return person.anchor.slice("email:".length);
  const owned = new Set(person.identities);
  const ranks: (Naming | undefined)[] = [];
  for (const [document, tellings] of person.documents) {
    for (const observation of tellings) {
      const { says } = observation;
      if (!("email" in says) || !says.email || !owned.has(emailKey(says.email))) continue;
      const naming = namingBy(observation, says.email, person.documents);
      const rank = says.kind !== "customer" ? 2 : document === person.anchor ? 0 : 1;
      const known = ranks[rank];
      if (!known || isLater(naming, known)) ranks[rank] = naming;
    }
  }
  return ranks.find((naming) => naming !== undefined)?.who ?? null;
}
