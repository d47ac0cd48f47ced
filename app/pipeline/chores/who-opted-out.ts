/**
 * Whom an entry of an opt-out list names. Its `customer_id` is the workspace's own and often empty:
 * it tells only where it is the Shopify customer id of somebody known; otherwise the profile is
 * looked at. The numbers are those that may have written: the one Ringtrue tells as theirs, and what
 * stands in the profile, where the workspace's texts go.
 */
import type pg from "pg";
import { readEmail } from "#app/core/identity.ts";
import type { AppApi, PersonOptOuts, ProfileId } from "#app/customerio/app-api.ts";
import { findNamed, findPerson, type PersonNamed } from "#app/db/who-opted-out.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Trouble } from "./app-trouble.ts";

export type WhoOptedOut = {
  /** Of a person Ringtrue knows already. */
  personId: number | null;
  /** One of them; both are null where only a number is known. */
  customer: string | null;
  email: string | null;
  /** E.164 */
  numbers: string[];
};

type Ports = { pool: pg.Pool; api: AppApi };

const E164 = /^\+[1-9]\d{6,14}$/;
const SHOPIFY_ID = /^\d{1,20}$/;
const NUMBER_NAMES = ["phone", "sms_marketing_phone", "sms_transactional_phone"] as const;

/** In the order asked; null for whom nobody can name. */
export async function whoOptedOut(
  ports: Ports,
  shop: WorkingShop,
  people: readonly PersonOptOuts[],
): Promise<(WhoOptedOut | null)[] | Trouble> {
  const known = await findNamed(ports.pool, shop.id, people);
  const found = await Promise.all(
    people.map(async (person, index) => {
      const named = known[index];
      return named ? ofPerson(named, []) : lookUp(ports, shop, person);
    }),
  );
  const who: (WhoOptedOut | null)[] = [];
  for (const one of found) {
    if (one !== null && "kind" in one) return one;
    who.push(one);
  }
  return who;
}

/** By what Ringtrue addresses them by: the email first, as it does itself. */
function ofPerson(
  { personId, email, customer, phone }: PersonNamed,
  others: readonly string[],
): WhoOptedOut {
  const numbers = [...new Set([...(phone === null ? [] : [phone]), ...others])];
  return customer === null
    ? { personId, customer: null, email, numbers }
    : { personId, customer, email: null, numbers };
}

async function lookUp(
  { pool, api }: Ports,
  shop: WorkingShop,
  person: PersonOptOuts,
): Promise<WhoOptedOut | null | Trouble> {
  const profile = profileOf(person);
  if (profile === null) return null;
  const answer = await api.attributesOf(profile);
  if (answer.kind === "missing") return null;
  if (answer.kind !== "ok") return answer;
  const { attributes } = answer.value;
  const numbers = numbersIn(attributes, shop);
  const email = typeof attributes["email"] === "string" ? readEmail(attributes["email"]) : null;
  const numeric = SHOPIFY_ID.test(person.customerId ?? "") ? person.customerId : null;
  const customer = email === null ? numeric : null;
  if (email === null && customer === null)
    return numbers.length === 0 ? null : { personId: null, customer, email, numbers };
  const named = await findPerson(pool, shop.id, { email, customer });
  return named ? ofPerson(named, numbers) : { personId: null, customer, email, numbers };
}

function profileOf({ cioId, customerId }: PersonOptOuts): ProfileId | null {
  if (cioId !== null) return { cio_id: cioId };
  return customerId === null ? null : { id: customerId };
}

function numbersIn(attributes: Record<string, unknown>, { settings }: WorkingShop): string[] {
  const names = NUMBER_NAMES.flatMap((name) => [name, settings.attribute_names[name] ?? name]);
  const values = [...new Set(names)].map((name) => attributes[name]);
  const texts = values.filter((value) => typeof value === "string");
  return [...new Set(texts.filter((value) => E164.test(value)))];
}
