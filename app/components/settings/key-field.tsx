/** One key: empty means "as it is", and whether one is saved is all that is shown of it. */
import { TextField } from "@shopify/polaris";
import type { ConnectionSummary, KeyName } from "./draft.ts";
import type { SettingsForm } from "./use-settings-form.ts";

type KeyFieldProps = {
  form: SettingsForm;
  connection: ConnectionSummary | null;
  name: KeyName;
  label: string;
  help: string;
};

export function KeyField({ form, connection, name, label, help }: KeyFieldProps) {
  const { draft, change, problemOf } = form;
  const saved = connection?.saved[name] ?? false;
  return (
    <TextField
      label={label}
      type="password"
      autoComplete="off"
      value={draft.connection[name]}
      onChange={(text) => change({ connection: { ...draft.connection, [name]: text } })}
      placeholder={saved ? "Saved" : ""}
      helpText={saved ? `${help} Saved; type another to replace it.` : help}
      error={problemOf(`connection.${name}`, label)}
    />
  );
}
