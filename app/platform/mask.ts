// What may be shown of a number or an address outside the merchant's own pages: enough to tell two
// apart in a support conversation, not enough to reach anybody.

/** "+14155552671" → "+141*****71". */
export function maskPhone(e164: string): string {
  const shown = e164.length > 8 ? 4 : 0;
  return `${e164.slice(0, shown)}*****${e164.slice(-2)}`;
}

/** "joan@example.com" → "j***@e***.com". */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  if (at < 1) return "***";
  const domain = email.slice(at + 1);
  const ending = domain.includes(".") ? domain.slice(domain.lastIndexOf(".")) : "";
  return `${email.slice(0, 1)}***@${domain.slice(0, 1)}***${ending}`;
}

const ADDRESS = /[^\s@<>"'(),:;[\]]+@[^\s@<>"'(),:;[\]]+/g;
const DIGITS = /\+?\d(?:[ ().\-/]{0,2}\d){6,}/g;
const NETWORK_ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/**
 * Masks whatever looks like an address or a phone number in a text that others have written, such
 * as the message of an error. Runs of seven digits and more go too: a lost id is the lesser harm.
 */
export function maskText(text: string): string {
  return text
    .replace(ADDRESS, "***@***")
    .replace(DIGITS, (found) => (NETWORK_ADDRESS.test(found) ? found : "#####"));
}
