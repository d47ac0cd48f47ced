/** The keys of the Customer.io workspace: typed in, never shown again, replaced or disconnected. */
import {
  BlockStack,
  Button,
  Card,
  InlineStack,
  Link,
  Select,
  Text,
  Badge,
  FormLayout,
} from "@shopify/polaris";
import { useState } from "react";
import type { ConnectionSummary } from "./draft.ts";
import { DisconnectModal } from "./disconnect-modal.tsx";
import { KeyField } from "./key-field.tsx";
import type { SettingsForm } from "./use-settings-form.ts";

const REGIONS = [
  { label: "United States", value: "us" },
  { label: "European Union", value: "eu" },
];

const CREDENTIALS_PAGE = "https://fly.customer.io/settings/api_credentials";

export function ConnectionCard({
  form,
  connection,
}: {
  form: SettingsForm;
  connection: ConnectionSummary | null;
}) {
  const [asking, setAsking] = useState(false);
  const { draft, change } = form;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Customer.io
          </Text>
          {connection ? <Badge tone="success">Connected</Badge> : <Badge>Not connected</Badge>}
        </InlineStack>
        <Text as="p" tone="subdued">
          The keys are in your Customer.io workspace under{" "}
          <Link url={CREDENTIALS_PAGE} target="_blank">
            Account settings, API credentials
          </Link>
          . They are stored encrypted and are not shown again.
        </Text>
        <FormLayout>
          <Select
            label="Region"
            options={REGIONS}
            value={draft.connection.region}
            onChange={(region) =>
              change({ connection: { ...draft.connection, region: region === "eu" ? "eu" : "us" } })
            }
            error={form.problemOf("connection.region", "The region")}
          />
          <KeyField
            form={form}
            connection={connection}
            name="site_id"
            label="Site ID"
            help="Of the Track API key."
          />
          <KeyField
            form={form}
            connection={connection}
            name="api_key"
            label="API key"
            help="Of the same Track API key."
          />
          <KeyField
            form={form}
            connection={connection}
            name="app_key"
            label="App API key"
            help="Lets Ringtrue read opt-outs before it writes anything. Optional while you observe."
          />
          <KeyField
            form={form}
            connection={connection}
            name="signing_key"
            label="Webhook signing key"
            help="Shows that delivery reports come from your workspace. Optional."
          />
          <KeyField
            form={form}
            connection={connection}
            name="twilio_auth_token"
            label="Twilio auth token"
            help="Shows that texts and their reports come from your Twilio account. Optional."
          />
        </FormLayout>
        {connection ? (
          <InlineStack align="end">
            <Button tone="critical" onClick={() => setAsking(true)} disabled={form.saving}>
              Disconnect
            </Button>
          </InlineStack>
        ) : null}
      </BlockStack>
      <DisconnectModal
        open={asking}
        onClose={() => setAsking(false)}
        onDisconnect={() => {
          setAsking(false);
          form.disconnect();
        }}
      />
    </Card>
  );
}
