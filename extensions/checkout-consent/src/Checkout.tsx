/**
 * Asks for SMS consent at checkout, after the contact fields. The box and the number are Shopify's
 * own consent components: Shopify records what is ticked and typed, and tells the app by webhook, so
 * nothing is sent from here. The box is never ticked beforehand, and checkout never waits for it.
 */
import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { useState } from "preact/hooks";
import { readWording } from "./wording.ts";

export default function extend(): void {
  render(<Consent />, document.body);
}

function Consent() {
  const [ticked, setTicked] = useState(false);
  const translate = (key: string, values?: Record<string, string>) =>
    shopify.i18n.translate(key, values);
  const wording = readWording(shopify.settings.value, shopify.shop.name, translate);
  return (
    <s-stack gap="small">
      <s-consent-checkbox
        policy="sms-marketing"
        name="sms-marketing"
        label={wording.label}
        onChange={(event) => setTicked(isTicked(event))}
      />
      {ticked ? (
        <s-consent-phone-field policy="sms-marketing" label={wording.phoneLabel} required />
      ) : null}
      <s-text type="small" color="subdued">
        {wording.disclosure}
      </s-text>
      <Links terms={wording.terms} privacy={wording.privacy} />
    </s-stack>
  );
}

function isTicked({ currentTarget: box }: Event): boolean {
  return box !== null && "checked" in box && box.checked === true;
}

type WordedLink = { url: string; text: string } | null;

function Links({ terms, privacy }: { terms: WordedLink; privacy: WordedLink }) {
  const links = [terms, privacy].filter((link) => link !== null);
  if (links.length === 0) return null;
  return (
    <s-stack direction="inline" gap="small">
      {links.map((link) => (
        <s-link key={link.url} href={link.url} target="_blank">
          {link.text}
        </s-link>
      ))}
    </s-stack>
  );
}
