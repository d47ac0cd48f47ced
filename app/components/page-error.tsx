/**
 * What a merchant sees when a page fails: what happened, that their data is safe, what to do. What
 * failed is in the log, under the path and time; a stack trace would help nobody here.
 */
import { Banner, BlockStack, Page, Text } from "@shopify/polaris";

export function PageError({ status }: { status: number | null }) {
  return (
    <Page title={titleOf(status)}>
      <Banner tone="critical" title={adviceOf(status)}>
        <BlockStack gap="200">
          <Text as="p">
            Messages from your shop are still received and kept while this page does not work.
          </Text>
        </BlockStack>
      </Banner>
    </Page>
  );
}

function titleOf(status: number | null): string {
  return status === 404 ? "There is no such page" : "This page could not be shown";
}

function adviceOf(status: number | null): string {
  if (status === 404) return "Choose a page from the navigation menu.";
  if (status === 401 || status === 403)
    return "Your visit has ended. Open Ringtrue again from your Shopify admin.";
  return "Reload the page. If it fails again in a few minutes, contact support and tell them when it happened.";
}
