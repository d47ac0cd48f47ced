// How the simulated Shopify writes the phone of a customer record: E.164, or nothing when it cannot
// be read. Deliberately its own few lines, so that the simulator never agrees with the app by
// sharing its code.

const CALLING_CODES: Record<string, string> = { US: "1", CA: "1", FR: "33", GB: "44" };
const LENGTHS: Record<string, readonly [number, number]> = {
  "1": [10, 10],
  "33": [9, 9],
  "44": [9, 10],
};

export function toE164(raw: string, countryCode: string): string | null {
  const text = raw.normalize("NFKC").replace(/[^\d+]/g, "");
  if (text.startsWith("+")) return /^\+[1-9]\d{7,14}$/.test(text) ? text : null;
  const code = CALLING_CODES[countryCode];
  if (code === undefined) return null;
  const trunk = code === "1" ? /^1(?=\d{10}$)/ : /^0/;
  const national = text.replace(trunk, "");
  const [shortest, longest] = LENGTHS[code] ?? [5, 14];
  return national.length >= shortest && national.length <= longest ? `+${code}${national}` : null;
}
