// The root fields of the Admin API that the simulator answers. Any other is a clear error, so that a
// test never passes on an answer nobody meant.
import type { Customer } from "../model.ts";
import type { Shop } from "../shop.ts";
import { changeSmsConsent } from "../verbs/consent.ts";
import { ownerOfPhone } from "../verbs/customer.ts";
import { connect, type ConnectionArgs } from "./connection.ts";
import { customerNode, orderNode, shopNode, type Node } from "./nodes.ts";
import { matches } from "./search.ts";

function numberOf(gid: string): number {
  return Number(gid.split("/").at(-1));
}

function liveCustomers(shop: Shop): Customer[] {
  return [...shop.customers.values()].filter((customer) => !customer.deleted);
}

function customerOf(shop: Shop, customer: Customer | null | undefined): Node | null {
  return customer == null || customer.deleted ? null : customerNode(shop, customer);
}

type Identifier = { id?: string | null; emailAddress?: string | null; phoneNumber?: string | null };

function identify(shop: Shop, identifier: Identifier): Node | null {
  if (identifier.id != null) return customerOf(shop, shop.customers.get(numberOf(identifier.id)));
  if (identifier.phoneNumber != null)
    return customerOf(shop, ownerOfPhone(shop, identifier.phoneNumber));
  return customerOf(
    shop,
    liveCustomers(shop).find((customer) => customer.email === identifier.emailAddress),
  );
}

type ConsentInput = {
  customerId: string;
  smsMarketingConsent: {
    marketingState: string;
    marketingOptInLevel?: string | null;
    consentUpdatedAt?: string | null;
  };
};

const OPT_IN_LEVELS = ["single_opt_in", "confirmed_opt_in", "unknown"] as const;
const WRITABLE_STATES = ["subscribed", "unsubscribed", "pending"] as const;

function refuseConsent(message: string): Node {
  return {
    customer: null,
    userErrors: [{ field: ["input", "smsMarketingConsent"], message, code: "INVALID" }],
  };
}

function updateConsent(shop: Shop, { input }: { input: ConsentInput }): Node {
  const customer = shop.customers.get(numberOf(input.customerId));
  if (customer === undefined || customer.deleted) return refuseConsent("Customer not found");
  if (customer.phone === null)
    return refuseConsent("A phone number is required to set the SMS consent state.");
  const wanted = input.smsMarketingConsent;
  const state = WRITABLE_STATES.find((one) => one === wanted.marketingState.toLowerCase());
  if (state === undefined)
    return refuseConsent("Cannot specify this state as a marketing state input");
  const updatedAt =
    wanted.consentUpdatedAt == null ? shop.clock.now() : new Date(wanted.consentUpdatedAt);
  if (updatedAt > shop.clock.now())
    return refuseConsent("Consent updated at must not be in the future");
  const level =
    OPT_IN_LEVELS.find((one) => one === wanted.marketingOptInLevel?.toLowerCase()) ?? "unknown";
  changeSmsConsent(shop, customer, { state, level, updatedAt, collectedFrom: "other" });
  return { customer: customerNode(shop, customer), userErrors: [] };
}

/** What graphql-js calls for a root field of this shop. */
export function rootValue(shop: Shop): Node {
  return {
    shop: () => shopNode(shop),
    customer: ({ id }: { id: string }) => customerOf(shop, shop.customers.get(numberOf(id))),
    customerByIdentifier: ({ identifier }: { identifier: Identifier }) =>
      identify(shop, identifier),
    customers: (args: ConnectionArgs) =>
      connect(
        liveCustomers(shop).filter((customer) => matches(customer, args.query)),
        args,
        (customer) => customerNode(shop, customer),
      ),
    order: ({ id }: { id: string }) => {
      const order = shop.orders.get(numberOf(id));
      return order === undefined ? null : orderNode(shop, order);
    },
    orders: (args: ConnectionArgs) =>
      connect(
        [...shop.orders.values()].filter((order) => matches(order, args.query)),
        args,
        (order) => orderNode(shop, order),
      ),
    currentAppInstallation: () => ({
      id: "gid://shopify/AppInstallation/1",
      accessScopes: shop.scopes.map((handle) => ({ handle, description: handle })),
    }),
    customerSmsMarketingConsentUpdate: (args: { input: ConsentInput }) => updateConsent(shop, args),
  };
}
