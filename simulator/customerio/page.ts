import { readFileSync } from "node:fs";
import type { Answer } from "../control/answer.ts";

// The page of the simulated workspace: a few files, read once. It asks the control API for
// everything it shows.

const SCRIPTS = ["page.js", "elements.js", "people.js", "person.js", "streams.js"];

const FILES = [
  { path: "/", name: "page.html", type: "text/html; charset=utf-8" },
  { path: "/page.css", name: "page.css", type: "text/css; charset=utf-8" },
  ...SCRIPTS.map((name) => ({ path: `/${name}`, name, type: "text/javascript; charset=utf-8" })),
];

const PAGES = new Map(
  FILES.map(({ path, name, type }) => {
    const text = readFileSync(new URL(`./page/${name}`, import.meta.url), "utf8");
    const answer: Answer = { status: 200, body: text, headers: { "content-type": type } };
    return [path, answer] as const;
  }),
);

/** The part of the page at a path, or null when the path is none of its. */
export function answerPage(method: string, path: string): Answer | null {
  return method === "GET" ? (PAGES.get(path) ?? null) : null;
}
