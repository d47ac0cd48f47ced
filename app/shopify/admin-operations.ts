/** What is asked of Shopify's Admin API, in its own words. A test holds each against the official schema. */

export const SMS_CONSENT = `#graphql
  query smsConsent($id: ID!) {
    customer(id: $id) {
      defaultPhoneNumber { phoneNumber smsMarketingConsent { state updatedAt } }
    }
  }`;

/** The search narrows it down where Shopify knows the term; what comes back is looked at all the same. */
export const CUSTOMERS_UNSUBSCRIBED = `#graphql
  query customersUnsubscribed($after: String) {
    customers(first: 250, after: $after, query: "sms_marketing_state:UNSUBSCRIBED") {
      nodes {
        legacyResourceId
        defaultPhoneNumber { phoneNumber smsMarketingConsent { state updatedAt } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`;

export const END_SMS_CONSENT = `#graphql
  mutation endSmsConsent($input: CustomerSmsMarketingConsentUpdateInput!) {
    customerSmsMarketingConsentUpdate(input: $input) {
      userErrors { message code }
    }
  }`;
