/** What is asked of Shopify's Admin API, in its own words. A test holds each against the official schema. */

export const SMS_CONSENT = `#graphql
  query smsConsent($id: ID!) {
    customer(id: $id) {
      defaultPhoneNumber { phoneNumber smsMarketingConsent { state updatedAt } }
    }
  }`;

export const END_SMS_CONSENT = `#graphql
  mutation endSmsConsent($input: CustomerSmsMarketingConsentUpdateInput!) {
    customerSmsMarketingConsentUpdate(input: $input) {
      userErrors { message code }
    }
  }`;
