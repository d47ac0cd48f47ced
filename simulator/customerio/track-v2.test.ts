import { expect, test } from "vitest";
import { createFixture, errorsOf, event, identify } from "./workspace-fixture.ts";

const ANN = { email: "ann@x.com" };

test("a batch with a bad item answers 207 with its place, and takes all the others", () => {
  const { batch, workspace } = createFixture();
  const answer = batch(
    identify({ id: "1" }, {}),
    identify({ id: "2", email: "x@y.z" }, {}),
    "no item",
    event(ANN, ""),
  );
  expect(answer.status).toBe(207);
  expect(errorsOf(answer)).toEqual([
    ["identifiers", 1],
    ["batch", 2],
    ["name", 3],
  ]);
  expect(workspace.people.size).toBe(1);
});

test("one item by itself is refused with 400", () => {
  const { send } = createFixture();
  expect(send("POST", "/api/v2/entity", identify(ANN, {})).status).toBe(200);
  expect(send("POST", "/api/v2/entity", identify({}, {})).status).toBe(400);
});

test("exactly one identifier is taken", () => {
  const { batch } = createFixture();
  const all = [
    identify({}, {}),
    identify({ id: "1", cio_id: "x" }, {}),
    identify({ id: "" }, {}),
    identify({ id: 7 }, {}),
  ];
  expect(errorsOf(batch(...all)).map(([, index]) => index)).toEqual([0, 1, 2]);
});

test("a phone is no identifier unless the workspace says so, and then it must be E.164", () => {
  const phone = identify({ phone: "+14155552671" }, {});
  expect(errorsOf(createFixture().batch(phone))).toEqual([["identifiers.phone", 0]]);
  const enabled = createFixture({ phoneIdentifier: true });
  expect(enabled.batch(phone).status).toBe(200);
  expect(enabled.batch(identify({ phone: "(415) 555-2671" }, {})).status).toBe(207);
});

test("an event id must be a ULID", () => {
  const { batch } = createFixture();
  const ids = [
    "01HB4HBDKTFWYZCK01DMRSWRFD",
    "81HB4HBDKTFWYZCK01DMRSWRFD",
    "01HB4HBDKTFWYZCK01DMRSWRFU",
    "",
    5,
  ];
  expect(
    errorsOf(batch(...ids.map((id) => event(ANN, "e", { id })))).map(([, index]) => index),
  ).toEqual([1, 2, 3, 4]);
});

test("limits count bytes: 150 of a name, 1000 of a value, 150 of an id, 300 attributes", () => {
  const { batch } = createFixture();
  const answer = batch(
    identify(ANN, { ["é".repeat(75)]: 1, value: "é".repeat(500) }),
    identify(ANN, { ["é".repeat(76)]: 1 }),
    identify(ANN, { value: "é".repeat(501) }),
    identify({ id: "é".repeat(76) }, {}),
    identify(ANN, Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`a${index}`, 1]))),
  );
  expect(errorsOf(answer).map(([, index]) => index)).toEqual([1, 2, 3, 4]);
});

test("an item over 32 KB is refused by itself, a batch over 500 KB whole", () => {
  const { batch, workspace, simulation } = createFixture();
  const heavy = event(ANN, "e", { attributes: { text: "x".repeat(32 * 1024) } });
  expect(errorsOf(batch(heavy, identify(ANN, {})))).toEqual([["batch", 0]]);
  const many = Array.from({ length: 600 }, () =>
    event(ANN, "e", { attributes: { text: "x".repeat(900) } }),
  );
  expect(batch(...many).status).toBe(400);
  simulation.settings.oversizeStatus = 413;
  expect(batch(...many).status).toBe(413);
  expect(workspace.events).toEqual([]);
});

test("a body without a list of items is refused", () => {
  const { send, batch } = createFixture();
  expect(
    [send("POST", "/api/v2/batch", []), send("POST", "/api/v2/batch", { batch: {} }), batch()].map(
      (a) => a.status,
    ),
  ).toEqual([400, 400, 400]);
});

test("unknown types and actions are refused, names of built-in properties among them", () => {
  const { batch } = createFixture();
  const items = [
    { type: "constructor", action: "identify" },
    { type: "person", action: "toString", identifiers: { id: "1" } },
    { type: "object", action: "identify" },
    { type: "person", action: "add_device", identifiers: { id: "1" } },
  ];
  expect(errorsOf(batch(...items)).map(([, index]) => index)).toEqual([0, 1]);
});

test("a merge names people by id, email or cio_id, never by phone", () => {
  const { batch } = createFixture({ phoneIdentifier: true });
  const secondary = { phone: "+14155552671" };
  const answer = batch({ type: "person", action: "merge", primary: ANN, secondary });
  expect(errorsOf(answer)).toEqual([["secondary.phone", 0]]);
});
