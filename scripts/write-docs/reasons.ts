// docs/reasons.md: why a number, a consent or a text is not what somebody expected, in the sentences
// the app itself says, and what can be done.
import { ENGLISH } from "../../app/core/explain/texts.ts";
import { SOURCES } from "../../app/core/profile/source.ts";
import {
  CONSENT_ADVICE,
  INELIGIBLE_ADVICE,
  INVALID_ADVICE,
  LOSING_ADVICE,
  REVIEW_ADVICE,
} from "./advice.ts";
import { code, GENERATED, page, sentence, table } from "./markdown.ts";

export function reasonsDoc(): string {
  return page([
    "# Reasons",
    GENERATED,
    "Ringtrue keeps a reason for whatever it decides. `npx ringtrue person <domain> <email, phone or Shopify id>` shows them for one " +
      "shopper; the codes below are also what arrives in Customer.io ([data dictionary](data-dictionary.md)). A code never changes its meaning.",
    "## Why a shopper may not be texted",
    "The first that applies, in this order, is told as `sms_ineligible_reason`. The last two concern one kind of text only: " +
      "`cart_wording` cart reminders, `order_updates_off` order updates.",
    advised(INELIGIBLE_ADVICE, (reason) => sentence(ENGLISH.reason[reason])),
    "## Consent",
    "How consent to texts stands for the shopper's number: `sms_consent_status`.",
    advised(CONSENT_ADVICE, (status) => ENGLISH.consent[status](null, null)),
    "### Where a consent was given",
    "`sms_consent_source`; a form adds its name, as in `form:popup`.",
    table(
      ["source", "the shopper agreed …"],
      Object.entries(ENGLISH.consentBy).map(([source, words]) => [
        code(source),
        words.replace(/^,?\s*/, "… "),
      ]),
    ),
    "## Why another number was chosen",
    "A shopper has one number at a time: the best of those heard. Each of the others keeps the reason why it is not the one. " +
      "`invalid_` with a code of [the list below](#why-a-number-could-not-be-read) stands for what is no number.",
    advised(LOSING_ADVICE, (reason) => sentence(`it ${ENGLISH.lost[reason]("the chosen number")}`)),
    "## Why a number could not be read",
    "**In doubt**: a person can settle it. Until then the number is not used.",
    advised(REVIEW_ADVICE, (reason) => ENGLISH.reading[reason]),
    "**No number**: there is nothing to settle.",
    advised(INVALID_ADVICE, (reason) => ENGLISH.reading[reason]),
    "## Where a number came from",
    "`phone_source`, from what says most about the shopper to what says least; a form adds its name, as in `form:popup`. A " +
      "`delivery_contact` is kept and shown, and never becomes anybody's number.",
    table(
      ["source", "the number was …"],
      SOURCES.map((source) => [code(source), `… ${ENGLISH.source[source]}`]),
    ),
  ]);
}

/** Rows in the order the advice is written in, which is the order of the rules. */
function advised<Reason extends string>(
  advice: Record<Reason, string>,
  meaningOf: (reason: Reason) => string,
): string {
  const rows: string[][] = [];
  for (const reason in advice) rows.push([code(reason), meaningOf(reason), advice[reason]]);
  return table(["code", "meaning", "what can be done"], rows);
}
