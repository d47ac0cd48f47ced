/** What Customer.io is told under which name: every attribute of the catalogue, group by group. */
import {
  BlockStack,
  Button,
  Card,
  Checkbox,
  Collapsible,
  FormLayout,
  InlineStack,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";
import { FIXED_NAMES } from "#app/core/settings/attribute-names.ts";
import { ATTRIBUTE_GROUPS, OPTIONAL_ATTRIBUTES } from "#app/core/tell/catalogue.ts";
import { nameAttribute, switchAttribute } from "./draft.ts";
import type { SettingsForm } from "./use-settings-form.ts";

type Group = (typeof ATTRIBUTE_GROUPS)[number];

const GROUPS = ATTRIBUTE_GROUPS.map((group: Group) => ({
  ...group,
  attributes: group.attributes.filter(({ name }) => !FIXED_NAMES.includes(name)),
}));

export function AttributesCard({ form }: { form: SettingsForm }) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Attributes in Customer.io
        </Text>
        <Text as="p" tone="subdued">
          Each is written under its own name unless this workspace uses another for it.
        </Text>
        {GROUPS.map((group) => (
          <AttributeGroup key={group.name} group={group} form={form} />
        ))}
      </BlockStack>
    </Card>
  );
}

function AttributeGroup({ group, form }: { group: (typeof GROUPS)[number]; form: SettingsForm }) {
  const [wanted, setWanted] = useState(false);
  const { name, title, attributes } = group;
  const hasProblem = attributes.some((attribute) => problemOf(form, attribute.name) !== false);
  const open = wanted || hasProblem;
  const id = `attributes-${name}`;
  return (
    <BlockStack gap="300">
      <InlineStack>
        <Button
          variant="plain"
          disclosure={open ? "up" : "down"}
          ariaExpanded={open}
          ariaControls={id}
          onClick={() => setWanted(!open)}
        >
          {title}
        </Button>
      </InlineStack>
      <Collapsible id={id} open={open}>
        <FormLayout>
          {attributes.map((attribute) => (
            <AttributeField
              key={attribute.name}
              name={attribute.name}
              meaning={attribute.meaning.replaceAll("`", "")}
              form={form}
            />
          ))}
        </FormLayout>
      </Collapsible>
    </BlockStack>
  );
}

type FieldProps = { name: string; meaning: string; form: SettingsForm };

/** What belongs to others has a switch, and a name once it is on or its name is refused. */
function AttributeField({ name, meaning, form }: FieldProps) {
  const { draft, change } = form;
  const optional = OPTIONAL_ATTRIBUTES.find((known) => known === name);
  if (optional === undefined) return <NameField name={name} meaning={meaning} form={form} />;
  const isOn = draft.attributes_on.includes(optional);
  return (
    <BlockStack gap="200">
      <Checkbox
        label={`Write ${name}`}
        helpText={meaning}
        checked={isOn}
        onChange={(on) =>
          change({ attributes_on: switchAttribute(draft.attributes_on, optional, on) })
        }
      />
      {(isOn || problemOf(form, name) !== false) && (
        <NameField name={name} meaning="" form={form} />
      )}
    </BlockStack>
  );
}

function NameField({ name, meaning, form }: FieldProps) {
  const { draft, change } = form;
  return (
    <TextField
      label={name}
      placeholder={name}
      autoComplete="off"
      maxLength={150}
      helpText={meaning}
      value={draft.attribute_names[name] ?? ""}
      onChange={(text) =>
        change({ attribute_names: nameAttribute(draft.attribute_names, name, text) })
      }
      error={problemOf(form, name)}
    />
  );
}

function problemOf({ problemOf: find }: SettingsForm, name: string): string | false {
  return find(`settings.attribute_names.${name}`, "This");
}
