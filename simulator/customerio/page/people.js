import { element, emptyState, face, nothing, pill, table, words } from "./elements.js";

// The people of the workspace, with what an SMS sender wants to know of each at a glance.

const CONSENT_TONES = { subscribed: "good", pending: "warn", unsubscribed: "bad", expired: "warn" };
const HEADINGS = ["Person", "Phone", "Source", "SMS consent", "Eligible", "Reason", "Events"];

/** The table of people; `selected` is the cio_id of the one that is open. */
export function showPeople(people, total, query, selected) {
  if (people.length === 0 && query !== "") {
    return [emptyState("Nobody found", `No person matches “${query}”.`)];
  }
  if (people.length === 0) {
    return [
      emptyState("Nobody here yet", "People appear as soon as the Track API is told about them."),
    ];
  }
  const rows = people.map((person) => row(person, person.cioId === selected));
  const more =
    people.length < total && query === ""
      ? `The ${people.length} last changed of ${total} people`
      : null;
  return [
    table(HEADINGS, rows),
    more === null ? null : element("p", { class: "more" }, more),
  ].filter(Boolean);
}

/** The name a person goes by. */
export function personName(person) {
  return person.email ?? person.id ?? person.attributes.phone ?? person.cioId;
}

/** Whether somebody may be texted, as a label. */
export function eligiblePill(value) {
  if (value === undefined) return nothing();
  return value === true ? pill("Eligible", "good", true) : pill("Not eligible", "", true);
}

/** The state of the consent, as a label. */
export function consentPill(attributes) {
  const status =
    attributes.sms_consent_status ?? (attributes.sms_consent === true ? "subscribed" : undefined);
  return status === undefined ? nothing() : pill(words(status), CONSENT_TONES[status] ?? "");
}

function row(person, selected) {
  const { attributes } = person;
  const name = personName(person);
  const reason = attributes.sms_ineligible_reason;
  return element(
    "tr",
    { "data-href": `#/people/${person.cioId}`, "aria-selected": selected, tabindex: 0 },
    element(
      "td",
      { class: "wide" },
      element(
        "div",
        { class: "who" },
        face(name),
        element("div", null, element("b", null, name), element("small", null, knownAs(person))),
      ),
    ),
    element("td", null, phone(attributes)),
    element(
      "td",
      { class: "drop" },
      attributes.phone_source ? pill(words(attributes.phone_source), "") : nothing(),
    ),
    element("td", { class: "end" }, consentPill(attributes)),
    element("td", null, eligiblePill(attributes.sms_eligible)),
    element(
      "td",
      { class: reason ? "end" : "drop" },
      reason ? element("small", { title: reason }, words(reason)) : nothing(),
    ),
    element("td", { class: "drop" }, person.events > 0 ? String(person.events) : nothing()),
  );
}

function knownAs(person) {
  const { shopify_customer_id: customer, first_name: first, last_name: last } = person.attributes;
  const names = [first, last].filter(Boolean).join(" ");
  if (names !== "") return names;
  if (customer) return `Shopify customer ${customer}`;
  return person.email !== null && person.id !== null ? `id ${person.id}` : `cio_id ${person.cioId}`;
}

function phone(attributes) {
  return attributes.phone ? element("span", { class: "mono" }, attributes.phone) : nothing();
}
