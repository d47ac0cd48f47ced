import { expect, test } from "vitest";
import { createFixture, NOON } from "./workspace-fixture.ts";

test("a phone in the path becomes the id of a person", () => {
  const { send, read } = createFixture();
  send("PUT", "/api/v1/customers/%2B14155552671", { city: "Bern" });
  expect(read("id", "+14155552671")).toEqual({ id: "+14155552671", city: "Bern" });
});

test("the path names people by id, by email and by cio_ with the cio_id", () => {
  const { send, workspace, read } = createFixture();
  send("PUT", "/api/v1/customers/ann%40x.com", {});
  const [cioId = ""] = workspace.people.keys();
  send("PUT", `/api/v1/customers/cio_${cioId}`, { id: "5" });
  send("PUT", "/api/v1/customers/5", { city: "Bern" });
  expect(read("email", "ann@x.com")).toEqual({ id: "5", email: "ann@x.com", city: "Bern" });
});

test("_timestamp orders writes and _update creates nobody", () => {
  const { send, read, workspace } = createFixture();
  send("PUT", "/api/v1/customers/1", { phone: "new", _timestamp: NOON });
  send("PUT", "/api/v1/customers/1", { phone: "old", _timestamp: NOON - 1 });
  send("PUT", "/api/v1/customers/2", { phone: "x", _update: true });
  expect(read("id", "1")).toEqual({ id: "1", phone: "new" });
  expect(workspace.people.size).toBe(1);
});

test("events need a name and, when they carry an id, a ULID", () => {
  const { send, workspace } = createFixture();
  const statuses = [
    { name: "e" },
    {},
    { name: "e", id: "no ulid" },
    { name: "e", timestamp: "yesterday" },
  ].map((body) => send("POST", "/api/v1/customers/1/events", body).status);
  expect(statuses).toEqual([200, 400, 400, 400]);
  expect(workspace.events).toHaveLength(1);
});

test("suppress, unsuppress and delete work by path", () => {
  const { send, workspace } = createFixture();
  send("PUT", "/api/v1/customers/1");
  send("POST", "/api/v1/customers/1/suppress");
  send("PUT", "/api/v1/customers/1");
  expect(workspace.people.size).toBe(0);
  send("POST", "/api/v1/customers/1/unsuppress");
  send("PUT", "/api/v1/customers/1");
  expect(workspace.people.size).toBe(1);
  send("DELETE", "/api/v1/customers/1");
  expect(workspace.people.size).toBe(0);
});

test("merge_customers answers 400 in its own envelope unless each side has one identifier", () => {
  const { send } = createFixture();
  const answer = send("POST", "/api/v1/merge_customers", { primary: { id: "1" }, secondary: {} });
  expect(answer).toMatchObject({ status: 400, body: { meta: { error: expect.any(String) } } });
  expect(
    send("POST", "/api/v1/merge_customers", { primary: { id: "1" }, secondary: { id: "2" } })
      .status,
  ).toBe(200);
});

test("the region endpoint tells the host, the region and the environment", () => {
  const body = { url: "track-eu.customer.io", region: "eu", environment_id: 7 };
  expect(createFixture().send("GET", "/api/v1/accounts/region")).toEqual({ status: 200, body });
});

test("a manual segment takes ids of the type named and ignores others in silence", () => {
  const { send } = createFixture();
  send("POST", "/v1/segments", { segment: { name: "SMS eligible", description: "" } });
  send("PUT", "/api/v1/customers/1", { email: "ann@x.com" });
  const count = (): unknown => send("GET", "/v1/segments/1/customer_count").body;
  expect(send("POST", "/api/v1/segments/1/add_customers", { ids: ["ann@x.com"] }).status).toBe(200);
  expect(count()).toEqual({ count: 0 });
  send("POST", "/api/v1/segments/1/add_customers?id_type=email", {
    ids: ["ann@x.com", "nobody@x.com"],
  });
  expect(count()).toEqual({ count: 1 });
  send("POST", "/api/v1/segments/1/remove_customers", { ids: ["1"] });
  expect(count()).toEqual({ count: 0 });
  expect(
    send("POST", "/api/v1/segments/1/add_customers", { ids: Array.from({ length: 1001 }, String) })
      .status,
  ).toBe(400);
});
