// Customers and addresses as they stand in webhook bodies. Since API 2025-01 a customer carries no
// consent, no tags and no totals.
import type { Address, Customer } from "../model.ts";
import type { JsonObject } from "../../control/json.ts";
import { readTemplate } from "../templates.ts";
import { bodyTime, bodyTimeOrNull } from "../times.ts";

export function addressBody(address: Address | null): JsonObject | null {
  if (address === null) return null;
  return {
    first_name: address.firstName,
    address1: address.address1,
    phone: address.phone,
    city: address.city,
    zip: address.zip,
    province: address.province,
    country: address.country,
    last_name: address.lastName,
    address2: null,
    company: address.company,
    latitude: null,
    longitude: null,
    name: address.name,
    country_code: address.countryCode,
    province_code: address.provinceCode,
  };
}

function defaultAddressBody(customer: Customer): JsonObject | null {
  const address = customer.defaultAddress;
  if (address === null) return null;
  return {
    id: address.id,
    customer_id: customer.id,
    first_name: address.firstName,
    last_name: address.lastName,
    company: address.company,
    address1: address.address1,
    address2: null,
    city: address.city,
    province: address.province,
    country: address.country,
    zip: address.zip,
    phone: address.phone,
    name: address.name,
    province_code: address.provinceCode,
    country_code: address.countryCode,
    country_name: address.country,
    default: true,
  };
}

/** The customer inside a checkout or an order: the customer's own body without `addresses`. */
export function embeddedCustomerBody(customer: Customer | null): JsonObject | null {
  if (customer === null) return null;
  return {
    id: customer.id,
    created_at: bodyTime(customer.createdAt),
    updated_at: bodyTime(customer.updatedAt),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: customer.account ? "enabled" : "disabled",
    note: customer.note,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    email: customer.email,
    phone: customer.phone,
    currency: "USD",
    tax_exemptions: [],
    admin_graphql_api_id: customerGid(customer.id),
    default_address: defaultAddressBody(customer),
  };
}

export function customerBody(customer: Customer): JsonObject {
  const address = defaultAddressBody(customer);
  return { ...embeddedCustomerBody(customer), addresses: address === null ? [] : [address] };
}

export function customerDeleteBody(customer: Customer): JsonObject {
  return {
    ...readTemplate("customers-delete"),
    id: customer.id,
    admin_graphql_api_id: customerGid(customer.id),
  };
}

export function smsConsentBody(customer: Customer, phone: string | null): JsonObject {
  const consent = customer.sms;
  return {
    id: customer.id,
    phone,
    sms_marketing_consent: {
      state: consent?.state ?? null,
      opt_in_level: consent?.level ?? null,
      consent_updated_at: bodyTimeOrNull(consent?.updatedAt ?? null),
      consent_collected_from: consent?.collectedFrom ?? "other",
    },
  };
}

export function emailConsentBody(customer: Customer): JsonObject {
  const consent = customer.emailConsent;
  return {
    customer_id: customer.id,
    email_address: customer.email,
    email_marketing_consent: {
      state: consent?.state ?? "not_subscribed",
      opt_in_level: consent?.level ?? null,
      consent_updated_at: bodyTimeOrNull(consent?.updatedAt ?? null),
    },
  };
}

export function customerGid(id: number): string {
  return `gid://shopify/Customer/${id}`;
}
