// What a person who answers for a shop can do about each reason. The reasons' own sentences are the
// app's (app/core/explain/texts.ts); a reason without advice does not compile.
import type { ConsentStatus } from "../../app/core/consent/standing.ts";
import type { PlainLosingReason } from "../../app/core/explain/texts.ts";
import type { InvalidReason, ReviewReason } from "../../app/core/phone/reasons.ts";
import type { IneligibleReason } from "../../app/core/profile/eligibility.ts";

const NOTHING = "Nothing: this is as it should be.";
const ASK_AGAIN = "Ask the shopper for a number they can be texted on.";

export const REVIEW_ADVICE: Record<ReviewReason, string> = {
  foreign_unconfirmed:
    "Ask the shopper whether the number is abroad, and save it with its country code in their account.",
  country_unknown:
    "Add the shopper's country to their address, or save the number with its country code. Where most shoppers are from one country, set the shop's default country.",
  ambiguous_country:
    "Look at which country the shopper lives in and save the number with that country's code.",
  ambiguous_zero: "Save the number without the zero in brackets, if that is the one that rings.",
  plus_before_national: "Save the number with its country code, or without the plus sign.",
};

export const INVALID_ADVICE: Record<InvalidReason, string> = {
  empty: "Nothing: the shopper left the field empty.",
  not_a_number: "Nothing; if the shopper gave a number elsewhere, that one is used.",
  vanity_letters: "Nothing: such numbers belong to companies and take no texts.",
  two_numbers: "Save one of them in the shopper's account.",
  placeholder: "Nothing: the shopper did not want to give a number.",
  short_code: NOTHING,
  too_short: ASK_AGAIN,
  too_long:
    "Look for a doubled digit or a second number, and save it right; otherwise ask the shopper.",
  unknown_country_code: "Ask the shopper for the number with its country code.",
  not_in_use: `Probably a mistyped digit. ${ASK_AGAIN}`,
};

export const LOSING_ADVICE: Record<PlainLosingReason, string> = {
  lower_group:
    "Nothing. If the shopper says this is the number, have them save it in their account, or enter it for them with a note.",
  older: "Nothing. If the shopper went back to it, have them save it in their account again.",
  needs_review: "Settle what is meant: see [numbers in doubt](#why-a-number-could-not-be-read).",
  takes_no_texts:
    "Nothing. If it is a mobile by now, have the shopper give it again or text from it.",
  barred: "Nothing, unless it was barred by mistake.",
  not_own:
    "Nothing: it is a recipient's. If it is the shopper's after all, have them save it in their account.",
  shops_own:
    "Nothing. If it is not the shop's, take it off the list of own numbers in the settings.",
  superseded: NOTHING,
};

export const INELIGIBLE_ADVICE: Record<IneligibleReason, string> = {
  no_phone: "Ask for a number where the shopper is anyway: checkout, account, a form.",
  invalid_phone:
    "Look at what was typed; [numbers in doubt](#why-a-number-could-not-be-read) can be settled.",
  not_personal: "Nothing: it is a company's or a made-up number. Ask the shopper for their own.",
  not_sms_capable: ASK_AGAIN,
  number_reassigned: "Ask the shopper for their new number. Older consents do not count any more.",
  undeliverable:
    "Ask the shopper whether the number is still theirs; giving it again starts afresh.",
  opted_out:
    "Nothing: nobody but the shopper can lift a stop. They can by ticking the box again or texting START.",
  carrier_opted_out:
    "The shopper must text START from this number to the number the texts come from.",
  unsubscribed_everywhere:
    "Nothing, unless the shopper asks: they can subscribe again in Customer.io's preferences.",
  consent_pending: "Wait: it holds once the shopper answers YES to the confirmation.",
  consent_expired: "Nothing; the next tick asks anew.",
  no_consent:
    "Offer the tick in the checkout or in a form. Consent cannot be entered for the shopper, nor does it come along from another number.",
  country_not_supported:
    "Add the country to the settings, if the sender reaches it and the law allows.",
  shared_number:
    "Nothing. Whom of several shoppers to text at one number is a setting (`shared_numbers`).",
  holdout: "Nothing: taking shoppers out of the control group would spoil the measurement.",
  cart_wording:
    "Have the wording of the tick name cart reminders, and ask for confirmation. Marketing texts are not affected.",
  order_updates_off: "Switch order updates on in the settings.",
};

export const CONSENT_ADVICE: Record<ConsentStatus, string> = {
  subscribed: NOTHING,
  pending: "Wait for the shopper's YES.",
  unsubscribed: "Nothing: only the shopper can lift it.",
  not_subscribed: "Offer the tick; nothing else makes a consent.",
  expired: "Nothing; the next tick asks anew.",
  redacted: "Nothing. A later tick counts, and a stop of before still stands.",
};
