import { element, face, pill, when, words } from "./elements.js";
import { consentPill, eligiblePill, personName } from "./people.js";

// One person whole: every attribute with the time it was written for, every event, and what the
// activity log knows.

const GROUPS = [
  [
    "Identity",
    (name) => ["id", "email", "shopify_customer_id", "first_name", "last_name"].includes(name),
  ],
  ["Phone", (name) => name === "phone" || name.startsWith("phone_")],
  ["SMS", (name) => name.startsWith("sms_") || name.startsWith("mms_")],
  ["Everything else", () => true],
];

/** The contents of the drawer. */
export function showPerson(person, close) {
  const name = personName(person);
  const button = element("button", { class: "close", type: "button" }, "Close");
  button.addEventListener("click", close);
  return [
    element(
      "div",
      { class: "drawer-head" },
      element(
        "div",
        { class: "who" },
        face(name),
        element(
          "div",
          null,
          element("b", null, name),
          element("small", null, `cio_id ${person.cioId}`),
        ),
      ),
      button,
    ),
    element(
      "section",
      null,
      consentPill(person.attributes),
      " ",
      eligiblePill(person.attributes.sms_eligible),
      " ",
      person.attributes.sms_ineligible_reason
        ? element("small", { class: "none" }, words(person.attributes.sms_ineligible_reason))
        : null,
    ),
    ...attributeSections(person),
    ...listSection("Opted out of senders", person.optOuts, (entry) =>
      pill(`${entry.channel} ${entry.from}`, "bad"),
    ),
    ...listSection("Segments", person.segments, (segment) => pill(segment, "")),
    ...listSection("Events", person.recentEvents, eventLine),
    ...listSection("Activity log", person.recentActivity, activityLine),
  ];
}

function attributeSections(person) {
  const left = new Map(
    Object.entries(person.attributes).toSorted(([a], [b]) => a.localeCompare(b)),
  );
  return GROUPS.flatMap(([title, belongs]) => {
    const own = [...left].filter(([name]) => belongs(name));
    for (const [name] of own) left.delete(name);
    if (own.length === 0) return [];
    const rows = own.map(([name, value]) => attributeRow(name, value, person.timestamps[name]));
    return [
      element(
        "section",
        null,
        element("h3", null, title),
        element("table", null, element("tbody", null, ...rows)),
      ),
    ];
  });
}

function attributeRow(name, value, writtenAt) {
  const shown = element(
    "span",
    { class: "value" },
    typeof value === "string" ? value : JSON.stringify(value),
  );
  if (typeof value === "number" && /(_at|_timestamp)$/.test(name)) shown.title = when(value * 1000);
  return element(
    "tr",
    null,
    element("td", null, name),
    element("td", null, shown),
    element(
      "td",
      null,
      element("small", { title: "Written for this time" }, writtenAt ? when(writtenAt * 1000) : ""),
    ),
  );
}

function listSection(title, entries, show) {
  if (entries.length === 0) return [];
  const heading = `${title} (${entries.length})`;
  return [
    element(
      "section",
      null,
      element("h3", null, heading),
      ...entries.flatMap((entry) => [show(entry), " "]),
    ),
  ];
}

function eventLine(event) {
  const summary = element(
    "summary",
    null,
    element("b", null, event.name),
    element("small", { class: "none" }, when(event.timestamp * 1000)),
  );
  const data = element("pre", null, JSON.stringify({ id: event.id, ...event.data }, null, 2));
  return element(
    "details",
    null,
    summary,
    event.triggers ? null : pill("starts no campaign", "warn"),
    data,
  );
}

function activityLine(entry) {
  return element(
    "details",
    null,
    element(
      "summary",
      null,
      element("b", null, entry.title),
      element("small", { class: "none" }, when(entry.atMs)),
    ),
    element("pre", null, entry.detail),
  );
}
