/**
 * What the shopper reads: the merchant's words where there are some, else ours in the shopper's
 * language. Links are shown only when they lead to a secure page.
 */
export type Translate = (key: string, values?: Record<string, string>) => string;

export type Wording = {
  label: string;
  phoneLabel: string;
  disclosure: string;
  terms: { url: string; text: string } | null;
  privacy: { url: string; text: string } | null;
};

export function readWording(
  settings: Record<string, unknown>,
  shop: string,
  translate: Translate,
): Wording {
  return {
    label: textOf(settings["label"]) ?? translate("label"),
    phoneLabel: translate("phone"),
    disclosure: textOf(settings["disclosure"]) ?? translate("disclosure", { shop }),
    terms: linkOf(settings["terms_url"], translate("terms")),
    privacy: linkOf(settings["privacy_url"], translate("privacy")),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function linkOf(value: unknown, text: string): { url: string; text: string } | null {
  const url = textOf(value);
  return url?.startsWith("https://") ? { url, text } : null;
}
