const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;

/** Whether a text is a ULID: 26 characters of Crockford's base 32, the first of them 0 to 7. */
export function isUlid(text: string): boolean {
  return ULID.test(text);
}
