// docs/settings.md: every setting, its default and what it decides. A setting without a meaning does not compile.
import { readSettings } from "../../app/core/settings/schema.ts";
import type { Settings } from "../../app/core/settings/schema.ts";
import { code, GENERATED, page, table } from "./markdown.ts";

const MEANINGS: Record<keyof Settings, string> = {
  default_country:
    "The country a number is read in when neither an address nor the shopper's language says one.",
  superseded_after_days:
    "How many days after its last proof a ticked or confirmed number gives way to one the shopper typed since.",
  source_groups:
    "Sources moved to another group, from 3 (best) to 6: `checkout`, `order`, `customer_account`, `support`, `form` or `form:<name>`, `billing_address`, `own_address`, `staff`, `pos`, `import`.",
  shared_numbers:
    "Who may be texted when several shoppers have one number: `one` (whose own consent is the latest), `all`, or `nobody`.",
  phone_attribute: "When `phone` is written: `always`, `when_textable`, or `never`.",
  countries: "Countries that are texted; `null` means all.",
  sms_provider: "`twilio`, or `customerio`, which reaches the US and Canada alone.",
  address_by: "Whom a profile is addressed by: `email`, or `id`, the Shopify customer id.",
  create_people: "Who may become a new profile: `all`, `customers`, or `never`.",
  confirm_in: "Countries where a consent counts only once it was confirmed by text.",
  double_opt_in: "Ask for a confirmation everywhere.",
  holdout_percent: "How many per cent of those who would be eligible are kept as a control group.",
  transactional_sms:
    "Order updates may be texted to whoever gave a number of their own and never said stop.",
  cart_wording_required:
    "In the US and Canada, cart reminders need a confirmed consent whose wording names them.",
  disclosures:
    "What each version of your wordings lets you send: `marketing`, `cart_reminders`, `transactional`. A version that is not listed means marketing alone.",
  checkout_disclosure: "The version of the wording beside the SMS tick of your checkout.",
  brand: "How you call yourself in a text that asks for a confirmation.",
  quiet:
    "How long to wait, in seconds, before a started checkout or a changed number is told, so that it is told as it is in the end.",
  test_list: "Whom the mode `test` may write: emails, numbers or Shopify customer ids.",
  own_numbers: "Your own numbers, in international form. They are never any shopper's.",
  senders:
    "The numbers (in international form) and short codes you text from. A stop that no keyword told is written to the opt-outs of each of them, which takes an App API key. They are never any shopper's number.",
  attribute_names: "Attributes that your workspace calls otherwise: default name to your name.",
  event_names: "`snake_case` (`order_placed`) or `title_case` (`Order Placed`).",
  attributes_on:
    "Attributes that belong to others and are written only when named here: `timezone`, `locale`, `first_name`, `last_name`, `country`, `sms_unsubscribed`.",
  held_hours: "How long a shopper without an email or an account is kept waiting for one.",
};

export function settingsDoc(): string {
  const defaults = readSettings({});
  if (!defaults.ok) throw new Error("the defaults are settings");
  const rows = Object.entries(MEANINGS).map(([name, meaning]) => [
    code(name),
    code(JSON.stringify(defaults.settings[name as keyof Settings])),
    meaning,
  ]);
  return page([
    "# Settings",
    GENERATED,
    "The settings page in the Shopify admin shows the ones most shops need. All of them can be read with `ringtrue settings get <domain>` and set with `ringtrue settings set <domain> file.json`, where the file is one JSON object; what it leaves out has its default. A setting that does not exist, or a value that cannot be, is refused with the field's name.",
    table(["setting", "default", "what it decides"], rows),
  ]);
}
