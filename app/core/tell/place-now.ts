/**
 * Where a person's phone may be, at one moment: the hours in which a marketing text is lawful there
 * today, and the one time zone where there is only one.
 */
import type { Instant } from "../heard.ts";
import { timeZoneOf } from "../places/place.ts";
import { textingWindow } from "../places/texting-window.ts";
import type { Profile } from "../profile/profile.ts";
import { placesOfPhone } from "../profile/phone.ts";
import type { PlaceNow } from "./values/subject.ts";
import { NO_PLACE } from "./values/subject.ts";

export function placeNow({ phone, shopper }: Profile, asOf: Instant): PlaceNow {
  if (!phone) return NO_PLACE;
  const places = placesOfPhone(phone, shopper);
  const window = textingWindow(places, asOf);
  return {
    window: window && { start: window.start, end: window.end },
    timezone: timeZoneOf(places),
  };
}
