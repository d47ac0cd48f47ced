// Building blocks of the page. Text from the workspace only ever becomes a text node: whatever a
// shopper typed into a form is shown, never run.

/** Makes an element: `element('td', {class: 'mono'}, 'text', child, null)`. */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A small coloured label; `tone` is good, warn, bad or empty. */
export function pill(text, tone, dotted = false) {
  return element("span", { class: `pill ${tone} ${dotted ? "dot" : ""}`.trim() }, text);
}

/** What stands where there is nothing. */
export function nothing() {
  return element("span", { class: "none" }, "–");
}

/** A round badge of a person's initials, of a colour that stays the same for the same person. */
export function face(name) {
  const words = name
    .split("@")[0]
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const letters = words.length > 1 ? words[0][0] + words[1][0] : (words[0] ?? "?").slice(0, 2);
  let hue = 0;
  for (const character of name) hue = (hue * 31 + character.codePointAt(0)) % 360;
  return element(
    "span",
    { class: "face", style: `--hue: ${hue}`, "aria-hidden": "true" },
    letters.toUpperCase(),
  );
}

/** A table with these headings and rows. */
export function table(headings, rows) {
  const head = element(
    "tr",
    null,
    ...headings.map((text) => element("th", { scope: "col" }, text)),
  );
  return element("table", null, element("thead", null, head), element("tbody", null, ...rows));
}

/** The sentence of an empty view. */
export function emptyState(title, text) {
  return element("div", { class: "empty" }, element("b", null, title), element("p", null, text));
}

const CLOCK = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** A moment in milliseconds, as short as it can be: the time today, else with its day. */
export function when(milliseconds) {
  const date = new Date(milliseconds);
  const day = DAY.format(date);
  return day === DAY.format(new Date()) ? CLOCK.format(date) : `${day}, ${CLOCK.format(date)}`;
}

/** `carrier_opted_out` → "carrier opted out". */
export function words(code) {
  return String(code).replaceAll("_", " ");
}

/** A whole number with thousands apart. */
export function count(number) {
  return new Intl.NumberFormat("en").format(number);
}
