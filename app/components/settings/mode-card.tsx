/** What may be written to the workspace. */
import { Card, ChoiceList, Text, BlockStack } from "@shopify/polaris";
import { isMode } from "#app/core/settings/modes.ts";
import type { SettingsForm } from "./use-settings-form.ts";

const CHOICES = [
  {
    value: "observe",
    label: "Observe",
    helpText: "Everything is heard, decided and shown. Nothing is written to Customer.io.",
  },
  { value: "test", label: "Test", helpText: "Only shoppers on the test list are written." },
  { value: "live", label: "Live", helpText: "All shoppers are written." },
];

export function ModeCard({ form }: { form: SettingsForm }) {
  // To a ChoiceList any error is one, an empty or false one too.
  const problem = form.problemOf("mode", "This mode");
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Mode
        </Text>
        <ChoiceList
          title="Mode"
          titleHidden
          name="mode"
          choices={CHOICES}
          selected={[form.draft.mode]}
          onChange={([mode]) => {
            if (isMode(mode)) form.change({ mode });
          }}
          {...(problem ? { error: problem } : {})}
        />
      </BlockStack>
    </Card>
  );
}
