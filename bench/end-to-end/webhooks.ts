// The crowd of the end-to-end measurements: customers/update webhooks of 3 KB, made the same way every
// time, and the truth they add up to. Two updates of a shopper follow each other closely, as they do
// when a checkout and an account are saved together, and in every fifth pair the newer one arrives
// first: Shopify promises no order.

export type Webhook = { webhookId: string; body: string };

export type Crowd = {
  webhooks: Webhook[];
  /** Email → the number of the shopper's newest update, in E.164. */
  truth: Map<string, string>;
};

const BODY_BYTES = 3_072;
const FIRST_UPDATE = Date.UTC(2026, 10, 1);
const NEWER_FIRST_EVERY = 5;

/** `people` shoppers share `count` webhooks (an even number); each update tells another number. */
export function makeCrowd(count: number, people: number): Crowd {
  const webhooks: Webhook[] = [];
  const truth = new Map<string, string>();
  for (let pair = 0; pair < count / 2; pair += 1) {
    const person = pair % people;
    const older = makeWebhook(person, pair * 2);
    const newer = makeWebhook(person, pair * 2 + 1);
    webhooks.push(...(pair % NEWER_FIRST_EVERY === 3 ? [newer, older] : [older, newer]));
    truth.set(emailOf(person), numberOf(pair * 2 + 1));
  }
  return { webhooks, truth };
}

/** One update of a shopper of their own, whom no crowd has. */
export function makeQuietWebhook(shopper: number): { email: string; webhook: Webhook } {
  const person = 1_000_000 + shopper;
  const { body } = makeWebhook(person, shopper);
  return { email: emailOf(person), webhook: { webhookId: `quiet-${shopper}`, body } };
}

/** How many people are told something else than the truth. */
export function countWrong(crowd: Crowd, told: Readonly<Record<string, string | null>>): number {
  let wrong = 0;
  for (const [email, e164] of crowd.truth) if (told[email] !== e164) wrong += 1;
  return wrong;
}

function emailOf(person: number): string {
  return `shopper${person}@example.com`;
}

/** A number of its own for each update: San Francisco, exchanges that are in use. */
function numberOf(update: number): string {
  const exchange = 600 + Math.floor(update / 10_000);
  return `+1415${exchange}${String(update % 10_000).padStart(4, "0")}`;
}

/** As shoppers write it. */
function writeNumber(e164: string, update: number): string {
  const [area, exchange, line] = [e164.slice(2, 5), e164.slice(5, 8), e164.slice(8)];
  switch (update % 4) {
    case 0:
      return e164;
    case 1:
      return `(${area}) ${exchange}-${line}`;
    case 2:
      return `${area}-${exchange}-${line}`;
    default:
      return `1 ${area} ${exchange} ${line}`;
  }
}

function makeWebhook(person: number, update: number): Webhook {
  const id = 7_000_000_000 + person;
  const name = { first_name: `Ada${person}`, last_name: "Byron" };
  const address = {
    id: id * 2,
    customer_id: id,
    ...name,
    name: `${name.first_name} ${name.last_name}`,
    company: null,
    address1: `${person} Market Street`,
    address2: null,
    city: "San Francisco",
    province: "California",
    country: "United States",
    zip: "94103",
    phone: null,
    province_code: "CA",
    country_code: "US",
    country_name: "United States",
    default: true,
  };
  const customer = {
    id,
    email: emailOf(person),
    created_at: "2026-01-01T10:00:00-08:00",
    updated_at: new Date(FIRST_UPDATE + update * 1_000).toISOString(),
    ...name,
    orders_count: 3,
    state: "enabled",
    total_spent: "199.65",
    last_order_id: 450_789_469,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    tags: "loyal, returning",
    last_order_name: "#1001",
    currency: "USD",
    phone: writeNumber(numberOf(update), update),
    addresses: [address],
    tax_exemptions: [],
    admin_graphql_api_id: `gid://shopify/Customer/${id}`,
    default_address: address,
    note: "",
  };
  const bare = JSON.stringify(customer).length;
  customer.note = "Prefers the parcel at the back door. "
    .repeat(60)
    .slice(0, Math.max(0, BODY_BYTES - bare));
  return { webhookId: `bench-${update}`, body: JSON.stringify(customer) };
}
