import { count, element } from "./elements.js";
import { showPeople } from "./people.js";
import { showPerson } from "./person.js";
import { showActivity, showEvents } from "./streams.js";

// The page asks the control API once a second for the workspace's revision, and for what it shows
// only when that has changed. Which view is open stands in the address.

const CONTROL = "/_control/customerio";
const REFRESH_MS = 1000;

const view = document.querySelector("#view");
const drawer = document.querySelector("#drawer");
const search = document.querySelector("#search");
const picker = document.querySelector("#workspace");
const live = document.querySelector("#live");

let shown = "";

async function ask(path, parameters = {}) {
  const query = new URLSearchParams(parameters);
  if (picker.value !== "") query.set("workspace", picker.value);
  const response = await fetch(`${CONTROL}${path}?${query}`);
  return response.ok ? response.json() : null;
}

function readAddress() {
  const [, tab = "people", person = null] = location.hash.split("/");
  return { tab: ["people", "events", "activity"].includes(tab) ? tab : "people", person };
}

async function refresh() {
  const overview = await ask("/overview");
  if (overview === null) return;
  const { tab, person } = readAddress();
  const state = [
    overview.siteId,
    overview.revision,
    overview.requests,
    tab,
    person,
    search.value,
  ].join(" ");
  if (state === shown) return;
  showTiles(overview);
  showWorkspaces(overview);
  for (const link of document.querySelectorAll("[data-tab]")) {
    if (link.dataset.tab === tab) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  search.parentElement.hidden = tab !== "people";
  view.replaceChildren(...(await loadView(tab, person, overview)));
  await showDrawer(person);
  shown = state;
}

async function loadView(tab, person, overview) {
  if (tab === "events") return showEvents((await ask("/events")).events);
  if (tab === "activity") return showActivity((await ask("/activity")).activity);
  const { people } = await ask("/people", { query: search.value });
  return showPeople(people, overview.people, search.value.trim(), person);
}

async function showDrawer(name) {
  const person = name === null ? null : await ask(`/people/${name}`);
  const { scrollTop } = drawer;
  const open = new Set(
    Array.from(drawer.querySelectorAll("details[open]"), (one) => one.textContent),
  );
  drawer.hidden = person === null;
  drawer.replaceChildren(...(person === null ? [] : showPerson(person, closeDrawer)));
  for (const details of drawer.querySelectorAll("details"))
    details.open = open.has(details.textContent);
  drawer.scrollTop = scrollTop;
}

function closeDrawer() {
  location.hash = `#/${readAddress().tab}`;
}

function showTiles(overview) {
  const { counts } = overview;
  const tiles = [
    ["People", overview.people, `${count(overview.withPhone)} with a phone`],
    ["SMS eligible", overview.eligible, `${count(overview.consented)} with consent`],
    ["Events", overview.events, `${count(counts.duplicateEvents)} repeats dropped`],
    ["Failed changes", counts.failedAttributeChanges, "answered 200 all the same"],
    ["Requests", overview.requests, `${count(overview.faults)} faults planned`],
  ].map(([title, number, note]) =>
    element(
      "dl",
      { class: "tile" },
      element("dt", null, title),
      element("dd", null, count(number)),
      element("small", null, note),
    ),
  );
  document.querySelector("#tiles").replaceChildren(...tiles);
}

function showWorkspaces(overview) {
  const { siteId, region, environmentId, workspaces } = overview;
  const where = `Site ${siteId} · region ${region.toUpperCase()} · environment ${environmentId}`;
  document.querySelector("#where").textContent = where;
  picker.parentElement.hidden = workspaces.length < 2;
  const options = workspaces.map((name) => element("option", { value: name }, name));
  picker.replaceChildren(...options);
  picker.value = siteId;
}

async function keepRefreshing() {
  try {
    await refresh();
    live.classList.remove("lost");
    live.lastElementChild.textContent = "Live";
  } catch {
    // The simulator is away, which the page says until it is back.
    live.classList.add("lost");
    live.lastElementChild.textContent = "Not connected";
  }
  setTimeout(() => void keepRefreshing(), REFRESH_MS);
}

function openRow(event) {
  const row = event.target.closest("tr[data-href]");
  if (row) location.hash = row.dataset.href;
}

view.addEventListener("click", openRow);
view.addEventListener("keydown", (event) => {
  if (event.key === "Enter") openRow(event);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDrawer();
});
for (const [source, name] of [
  [window, "hashchange"],
  [search, "input"],
  [picker, "change"],
]) {
  source.addEventListener(name, () => void refresh());
}
void keepRefreshing();
