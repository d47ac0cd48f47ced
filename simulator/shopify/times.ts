// Shopify writes body times in the shop's own offset to the second, and the Triggered-At header in
// UTC with microseconds.

const OFFSET_HOURS = -5;

/** `2026-11-20T18:55:04-05:00` */
export function bodyTime(time: Date): string {
  const local = new Date(time.getTime() + OFFSET_HOURS * 3_600_000);
  return `${local.toISOString().slice(0, 19)}-05:00`;
}

export function bodyTimeOrNull(time: Date | null): string | null {
  return time === null ? null : bodyTime(time);
}

/** `2026-11-20T23:55:04.123000Z` */
export function headerTime(time: Date): string {
  return time.toISOString().replace("Z", "000Z");
}
