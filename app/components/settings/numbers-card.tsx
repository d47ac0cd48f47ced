/** Which number is a shopper's, and who may be texted on it. */
import { BlockStack, Card, FormLayout, Select, Text, TextField } from "@shopify/polaris";
import type { SettingsForm } from "./use-settings-form.ts";

const PHONE_ATTRIBUTE = [
  { value: "always", label: "Always" },
  { value: "when_textable", label: "Only while the number may be texted" },
  { value: "never", label: "Never" },
] as const;

const SHARED_NUMBERS = [
  { value: "one", label: "The shopper who consented last" },
  { value: "all", label: "Every shopper who consented" },
  { value: "nobody", label: "Nobody" },
] as const;

export type CountryOption = { value: string; label: string };

export function NumbersCard({
  form,
  countries,
}: {
  form: SettingsForm;
  countries: CountryOption[];
}) {
  const { draft, change, problemOf } = form;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Phone numbers
        </Text>
        <FormLayout>
          <Select
            label="Default country"
            helpText="The country a number is read in when neither the order nor the customer says one."
            options={countries}
            value={draft.default_country}
            onChange={(default_country) => change({ default_country })}
            error={problemOf("settings.default_country", "The default country")}
          />
          <Select
            label="Write the phone attribute"
            helpText="A phone number in Customer.io is not a permission to text it; sms_marketing_phone is."
            options={[...PHONE_ATTRIBUTE]}
            value={draft.phone_attribute}
            onChange={(value) =>
              choose(PHONE_ATTRIBUTE, value, (phone_attribute) => change({ phone_attribute }))
            }
            error={problemOf("settings.phone_attribute", "This")}
          />
          <Select
            label="When several shoppers have one number, text"
            options={[...SHARED_NUMBERS]}
            value={draft.shared_numbers}
            onChange={(value) =>
              choose(SHARED_NUMBERS, value, (shared_numbers) => change({ shared_numbers }))
            }
            error={problemOf("settings.shared_numbers", "This")}
          />
          <TextField
            label="A consented number gives way to a newer one after"
            type="number"
            min={1}
            suffix="days"
            autoComplete="off"
            helpText="Counted from the last time the shopper confirmed or used it. Until then the newer number waits."
            value={draft.superseded_after_days}
            onChange={(superseded_after_days) => change({ superseded_after_days })}
            error={problemOf("settings.superseded_after_days", "This")}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

function choose<Value extends string>(
  options: readonly { value: Value }[],
  value: string,
  take: (value: Value) => void,
): void {
  const chosen = options.find((option) => option.value === value);
  if (chosen) take(chosen.value);
}
