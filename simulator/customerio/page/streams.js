import { element, emptyState, nothing, pill, table, when } from "./elements.js";

// The two streams of the workspace: events, and the activity log, where Customer.io tells what it
// silently did not do.

const TONES = {
  failed_attribute_change: "bad",
  older_timestamp: "warn",
  suppressed_ignored: "warn",
  unknown_ignored: "warn",
  merge_ignored: "warn",
  duplicate_event: "warn",
  opted_out: "bad",
};

/** The newest events. */
export function showEvents(events) {
  if (events.length === 0)
    return [
      emptyState("No events yet", "Orders, checkouts and consent changes will show up here."),
    ];
  const rows = events.map((event) =>
    element(
      "tr",
      { "data-href": event.cioId === null ? null : `#/people/${event.cioId}` },
      element(
        "td",
        null,
        element("b", null, event.name),
        event.triggers ? null : element("div", null, pill("starts no campaign", "warn")),
      ),
      element(
        "td",
        { class: "end" },
        element("span", { class: "mono" }, when(event.timestamp * 1000)),
      ),
      element("td", { class: "wide" }, event.person ?? nothing()),
      element("td", { class: "wide" }, element("div", { class: "data" }, summary(event.data))),
    ),
  );
  return [table(["Event", "Happened", "Person", "Data"], rows)];
}

// What tells events of one name apart; what is the same on all of them stands in the person's view.
function summary(data) {
  return Object.entries(data)
    .filter(([name]) => !["schema_version", "shop", "source", "event_time"].includes(name))
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");
}

/** The newest lines of the activity log. */
export function showActivity(activity) {
  if (activity.length === 0) {
    return [
      emptyState(
        "Nothing to report",
        "Conflicts, ignored writes and merges are listed here when they happen.",
      ),
    ];
  }
  const rows = activity.map((entry) =>
    element(
      "tr",
      { "data-href": entry.cioId === null ? null : `#/people/${entry.cioId}` },
      element("td", null, pill(entry.title, TONES[entry.type] ?? "")),
      element("td", { class: "end" }, element("span", { class: "mono" }, when(entry.atMs))),
      element("td", { class: entry.person === null ? "drop" : "wide" }, entry.person ?? nothing()),
      element("td", { class: "wide" }, entry.detail),
    ),
  );
  return [table(["What", "When", "Person", "Detail"], rows)];
}
