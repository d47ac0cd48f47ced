/** How long Ringtrue waits for a shopper to finish before it tells an event. */
import { BlockStack, Card, FormLayout, Text, TextField } from "@shopify/polaris";
import type { Draft } from "./draft.ts";
import type { SettingsForm } from "./use-settings-form.ts";

const FIELDS: { name: keyof Draft["quiet"]; label: string; help: string }[] = [
  {
    name: "checkout_started_seconds",
    label: "Tell checkout_started after a checkout was quiet for",
    help: "Not told when the shopper has ordered meanwhile.",
  },
  {
    name: "checkout_started_at_latest_seconds",
    label: "At the latest, after",
    help: "Counted from when the shopper first gave an email or a number.",
  },
  {
    name: "phone_number_updated_seconds",
    label: "Tell phone_number_updated after",
    help: "A number corrected twice in a row is told once.",
  },
];

export function QuietTimesCard({ form }: { form: SettingsForm }) {
  const { draft, change, problemOf } = form;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Quiet times
        </Text>
        <FormLayout>
          {FIELDS.map(({ name, label, help }) => (
            <TextField
              key={name}
              label={label}
              type="number"
              min={0}
              suffix="seconds"
              autoComplete="off"
              helpText={help}
              value={draft.quiet[name]}
              onChange={(text) => change({ quiet: { ...draft.quiet, [name]: text } })}
              error={problemOf(`settings.quiet.${name}`, "This")}
            />
          ))}
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
