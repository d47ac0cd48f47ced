// The table of answers, row by row: each thing that can come back has one meaning, and every row is
// reached by something. What the rows say is also what operators read in docs/delivery.md.

import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { ANSWER_TABLE, rowFor, type Silence } from "./answer-table.ts";
import { readAnswer, readRetryAfter, type Exchange } from "./answer.ts";

const NOW = Date.UTC(2026, 10, 20, 12);

const fieldless = JSON.stringify({ errors: [{ reason: "invalid", field: "", message: "m" }] });
const field = JSON.stringify({
  errors: [{ reason: "invalid", field: "attributes", message: "m" }],
});
const html = "<html><body>Too large</body></html>";

function came(status: number, body = "", retryAfter: string | null = null): Exchange {
  return { status, body, retryAfter };
}

function errors(...places: unknown[]): string {
  return JSON.stringify({
    errors: places.map((place) => ({ batch_index: place, reason: "invalid", field: "name" })),
  });
}

type Row = [says: string, exchange: Exchange, means: string, reason: string];

const ROWS: Row[] = [
  ["200 with nothing to say", came(200, "{}"), "taken", ""],
  ["200 without a body", came(200), "taken", ""],
  ["202", came(202, "{}"), "taken", ""],
  ["204", came(204), "taken", ""],
  ["207 that names items", came(207, errors(0, 2)), "taken but 0,2", ""],
  ["200 that names items", came(200, errors(1)), "taken but 1", ""],
  ["207 that names no item", came(207, fieldless), "refused", "refused"],
  ["207 that names an item that was not sent", came(207, errors(3)), "refused", "refused"],
  ["207 whose place is no number", came(207, errors("1st")), "refused", "refused"],
  ["200 that is no JSON", came(200, html), "later", "unreadable_answer"],
  ["200 that is JSON of something else", came(200, '"ok"'), "later", "unreadable_answer"],
  ["301, a workspace of the other region", came(301, html), "stopped", "redirected"],
  ["302", came(302), "stopped", "redirected"],
  ["304", came(304), "stopped", "redirected"],
  ["307, a workspace of the other region", came(307), "stopped", "redirected"],
  ["308", came(308), "stopped", "redirected"],
  ["400 with a field", came(400, field), "refused", "refused"],
  ["400 without a field", came(400, fieldless), "refused", "refused"],
  ["400 that is no JSON", came(400, html), "refused", "refused"],
  ["401", came(401, "{}"), "stopped", "unauthorized"],
  ["403 of a proxy", came(403, html), "stopped", "unauthorized"],
  ["404", came(404), "later", "unexpected"],
  ["408", came(408), "later", "timeout"],
  ["409", came(409), "later", "unexpected"],
  ["413 of a proxy", came(413, html), "refused", "too_large"],
  ["418", came(418), "later", "unexpected"],
  ["422", came(422, field), "refused", "refused"],
  ["429", came(429), "later", "rate_limited"],
  ["429 of a proxy", came(429, html), "later", "rate_limited"],
  ["500", came(500), "later", "server_error"],
  ["502 of a proxy", came(502, html), "later", "server_error"],
  ["503", came(503), "later", "server_error"],
  ["504", came(504), "later", "server_error"],
  ["520 to 524, a network in between", came(520), "later", "server_error"],
  ["522", came(522), "later", "server_error"],
  ["524", came(524, html), "later", "server_error"],
  ["nothing in time", { silence: "timeout" }, "later", "timeout"],
  ["a reset connection", { silence: "reset" }, "later", "network"],
  ["some other trouble of the network", { silence: "network" }, "later", "network"],
  ["a refused connection", { silence: "connection_refused" }, "later", "unreachable"],
  ["no such host", { silence: "dns" }, "later", "unreachable"],
  ["an answer that breaks off", { silence: "unreadable" }, "later", "unreadable_answer"],
];

test.each(ROWS)("%s", (_, exchange, means, reason) => {
  const answer = readAnswer(exchange, 3, NOW);
  if (answer.kind === "taken") {
    const places = answer.refused.map(({ index }) => index).join();
    expect(places === "" ? "taken" : `taken but ${places}`).toBe(means);
    return;
  }
  expect([answer.kind, answer.reason]).toEqual([means, reason]);
});

test("every row of the table is reached", () => {
  const answers = ROWS.map(([, exchange]) =>
    "silence" in exchange ? exchange.silence : exchange.status,
  );
  const others: Silence[] = ["refused_without_place"];
  const reached = new Set([...answers, ...others].map(rowFor));
  expect(ANSWER_TABLE.filter((row) => !reached.has(row))).toEqual([]);
});

test("what was surely not worked in is told apart from what perhaps was", () => {
  const heard = (on: number | Silence) => rowFor(on).heard;
  expect(
    [400, 401, 403, 413, 422, 429, "connection_refused", "dns"].map((on) => heard(on as Silence)),
  ).toEqual(Array.from({ length: 8 }, () => "no"));
  expect(
    [408, 500, 503, 524, "timeout", "reset", "network", "unreadable"].map((on) =>
      heard(on as Silence),
    ),
  ).toEqual(Array.from({ length: 8 }, () => "perhaps"));
});

test("a refusal's codes are kept, never what it repeats of the shopper", () => {
  const body = JSON.stringify({
    errors: [{ reason: "invalid", field: "email", message: "maya@example.com is no email" }],
  });
  expect(readAnswer(came(400, body), 3, NOW)).toMatchObject({ detail: "invalid email" });
  const spoken = JSON.stringify({
    errors: [{ batch_index: 0, reason: "maya@example.com is no email", field: "email" }],
  });
  expect(readAnswer(came(207, spoken), 3, NOW)).toMatchObject({
    refused: [{ index: 0, reason: "refused", field: "email" }],
  });
});

describe("Retry-After", () => {
  test.each([
    ["seconds", "7", 7_000],
    ["part of a second", "0.5", 500],
    ["nothing", "0", 0],
    ["an HTTP date", new Date(NOW + 9_000).toUTCString(), 9_000],
    ["an HTTP date of old", "Friday, 20-Nov-26 12:00:09 GMT", 9_000],
    ["a date that is over", new Date(NOW - 9_000).toUTCString(), 0],
    ["more than an hour", "86400", 3_600_000],
    ["more than any number", "9".repeat(400), 3_600_000],
  ])("%s", (_, header, ms) => {
    expect(readRetryAfter(header, NOW)).toBe(ms);
  });

  test.each([
    ["absent", null],
    ["empty", " "],
    ["a word", "soon"],
    ["negative", "-5"],
    ["hexadecimal", "0x10"],
    ["a date nobody promised", "2026-11-20T12:00:09Z"],
    ["no date", "Fri, nonsense"],
  ])("says nothing when it is %s", (_, header) => {
    expect(readRetryAfter(header, NOW)).toBeNull();
  });
});

test("operators find every reason explained", () => {
  const page = readFileSync(new URL("../../docs/delivery.md", import.meta.url), "utf8");
  const reasons = ANSWER_TABLE.map(({ reason }) => reason).filter((reason) => reason !== "taken");
  expect(reasons.filter((reason) => !page.includes(`\`${reason}\``))).toEqual([]);
});
