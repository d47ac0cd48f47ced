/** The numbers behind the sentence, each with what it means. */
import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";
import type { Status } from "#app/db/status.ts";

export function StatusNumbers({ status }: { status: Status }) {
  const onTheWay = status.inboxPending + status.outboxPending;
  return (
    <InlineGrid columns={{ xs: 1, sm: 2, md: 3 }} gap="400">
      <StatusNumber
        label="Delivered"
        value={say(status.delivered)}
        meaning="Updates Customer.io accepted"
      />
      <StatusNumber
        label="On the way"
        value={say(onTheWay)}
        meaning="Heard, and being worked out or sent"
      />
      <StatusNumber
        label="Longest wait"
        value={`${say(Math.round(status.oldestPendingMs / 1000))} s`}
        meaning="Age of the oldest message not yet worked out"
      />
      <StatusNumber
        label="Scheduled"
        value={say(status.scheduled)}
        meaning="Waiting for a quiet period to end"
      />
      <StatusNumber
        label="Held"
        value={say(status.held)}
        meaning="Shoppers without an email or account so far"
      />
      <StatusNumber
        label="Needs a person"
        value={say(status.deadLetters)}
        meaning="Messages no retry will fix"
      />
    </InlineGrid>
  );
}

function say(amount: number): string {
  return amount.toLocaleString("en-US");
}

function StatusNumber({
  label,
  value,
  meaning,
}: {
  label: string;
  value: string;
  meaning: string;
}) {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          {label}
        </Text>
        <Text as="p" variant="headingXl" numeric>
          {value}
        </Text>
        <Text as="p" tone="subdued">
          {meaning}
        </Text>
      </BlockStack>
    </Card>
  );
}
