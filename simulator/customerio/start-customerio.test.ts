import { CustomerIORequestError, TrackClient, APIClient, Region } from "customerio-node";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { event, identify } from "./workspace-fixture.ts";
import { startCustomerio, type RunningCustomerio } from "./start-customerio.ts";

// The server as a client meets it: through the real customerio-node.

const ULID = "01HB4HBDKTFWYZCK01DMRSWRFD";
let cio: RunningCustomerio;
let client: TrackClient;

function connect(siteId = "site", apiKey = "key", timeout = 5000): TrackClient {
  return new TrackClient(siteId, apiKey, {
    url: `${cio.url}/api/v1`,
    timeout,
    retry: { maxRetries: 0 },
  });
}

function post(path: string, body: object): Promise<Response> {
  return fetch(`${cio.url}/_control/customerio${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  return null;
}

beforeAll(async () => {
  cio = await startCustomerio({
    siteId: "site",
    apiKey: "key",
    appKey: "app",
    region: "eu",
    environmentId: 7,
  });
  client = connect();
});
beforeEach(() => cio.control.reset());
afterAll(() => cio.close());

test("customerio-node identifies, tracks, merges and batches against it", async () => {
  await client.identify("1", { email: "ann@x.com" });
  await client.track("1", { name: "order_placed", id: ULID, data: { value: 5 } });
  await client.identify("2", { city: "Bern" });
  await client.mergeCustomers("id" as never, "1", "id" as never, "2");
  expect(await client.batch([identify({ id: "1" }, { phone: "+14155552671" })])).toEqual({});
  expect(cio.control.snapshot()).toEqual({
    people: [
      {
        id: "1",
        email: "ann@x.com",
        attributes: { city: "Bern", email: "ann@x.com", id: "1", phone: "+14155552671" },
        optOuts: [],
      },
    ],
    events: [
      expect.objectContaining({
        id: ULID,
        name: "order_placed",
        person: "ann@x.com",
        data: { value: 5 },
      }),
    ],
    suppressed: [],
  });
});

test("customerio-node resolves a 207, with the refused items in its errors", async () => {
  const answer = await client.batch([identify({ id: "1" }, {}), identify({}, {})]);
  expect(answer).toEqual({
    errors: [expect.objectContaining({ batch_index: 1, field: "identifiers" })],
  });
});

test("customerio-node rejects a refused v2 item with the reason in the body", async () => {
  const error = await failureOf(client.entity(event({ id: "1" }, "e", { id: "no ulid" })));
  expect(error).toBeInstanceOf(CustomerIORequestError);
  expect(error).toMatchObject({ statusCode: 400, body: expect.stringContaining("ULID") });
});

test("wrong credentials are answered 401 and change nothing", async () => {
  expect(await failureOf(connect("site", "wrong").identify("1"))).toMatchObject({
    statusCode: 401,
  });
  expect(cio.control.workspace().people.size).toBe(0);
});

test("the App API takes its Bearer key and no other", async () => {
  await client.identify("1", { email: "ann@x.com" });
  const region = new Region(`${cio.url}/api/v1`, `${cio.url}/v1`, cio.url);
  const found = await new APIClient("app", { region }).getCustomersByEmail("ann@x.com");
  expect(found).toMatchObject({ results: [{ id: "1" }] });
  const retry = { maxRetries: 0 };
  const refused = await failureOf(
    new APIClient("no", { region, retry }).getCustomersByEmail("ann@x.com"),
  );
  expect(refused).toMatchObject({ statusCode: 401 });
});

test("the region endpoint validates credentials", async () => {
  expect(await client.getAccountRegion()).toMatchObject({ region: "eu", environment_id: 7 });
});

test("each set of credentials has a workspace of its own", async () => {
  await post("/workspaces", { siteId: "other", apiKey: "key2" });
  await connect("other", "key2").identify("1", {});
  expect(cio.control.workspace("site").people.size).toBe(0);
  expect(cio.control.workspace("other").people.size).toBe(1);
});

test("a body that is no JSON is refused with 400", async () => {
  const headers = { authorization: `Basic ${btoa("site:key")}` };
  const answer = await fetch(`${cio.url}/api/v2/batch`, {
    method: "POST",
    headers,
    body: '{"batch":[',
  });
  expect(answer.status).toBe(400);
});

test("what arrived is listed with its items, answer and repeats, and reset forgets it", async () => {
  await client.batch([identify({ id: "1" }, {}), event({ id: "1" }, "e"), identify({}, {})]);
  const [entry] = cio.control.requests();
  expect(entry).toMatchObject({
    path: "/api/v2/batch",
    status: 207,
    items: 3,
    refused: 1,
    kinds: { identify: 2, event: 1 },
  });
  const listed = await fetch(`${cio.url}/_control/customerio/requests`).then((answer) =>
    answer.json(),
  );
  expect(listed).toMatchObject({
    totals: { requests: 1, items: 3, byStatus: { 207: 1 } },
    requests: [{ status: 207 }],
  });
  await post("/reset", {});
  expect([cio.control.requests(), cio.control.workspace().people.size]).toEqual([[], 0]);
});

test("with keep: last only the newest request is kept and the totals stay exact; with keep: bodies all are, whole", async () => {
  cio.control.set({ keep: "last" });
  for (const id of ["1", "2", "3"]) await client.identify(id, {});
  expect(cio.control.requests().map((entry) => entry.path)).toEqual(["/api/v1/customers/3"]);
  expect(cio.control.totals()).toMatchObject({ requests: 3, byKind: { identify: 3 } });
  cio.control.reset();
  cio.control.set({ keep: "bodies" });
  await client.identify("1", { city: "Bern" });
  expect(cio.control.requests()[0]?.body).toEqual({ city: "Bern" });
});

test("a switch or a fault that is not understood is refused", async () => {
  const patch = { method: "PATCH", body: JSON.stringify({ ties: "perhaps" }) };
  const answers = [
    await fetch(`${cio.url}/_control/customerio/settings`, patch),
    await post("/faults", { fault: "explode" }),
    await post("/faults", { fault: "fail", tmes: 3 }),
    await post("/nowhere", {}),
  ];
  expect(answers.map((answer) => answer.status)).toEqual([400, 400, 400, 404]);
});

test("the page and everything it loads is served", async () => {
  const page = await fetch(`${cio.url}/`).then((answer) => answer.text());
  expect(page).toContain("Simulated workspace");
  const links = Array.from(page.matchAll(/(?:src|href)="(\/[^"]+)"/g), ([, link = ""]) => link);
  expect(links).toEqual(["/page.css", "/page.js"]);
  for (const link of [...links, "/elements.js", "/people.js", "/person.js", "/streams.js"]) {
    expect((await fetch(cio.url + link)).status).toBe(200);
  }
});
