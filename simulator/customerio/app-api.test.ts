import { expect, test } from "vitest";
import { createFixture, identify } from "./workspace-fixture.ts";

const ANN = identify({ id: "1" }, { email: "Ann@x.com", phone: "+14155552671", sms_consent: true });
const ANNS = { id: "1", email: "Ann@x.com", cio_id: "00000700000001" };

test("people are found by email in any case, and nobody is an empty list", () => {
  const { send, batch } = createFixture();
  batch(ANN);
  expect(send("GET", "/v1/customers?email=ann%40X.com")).toEqual({
    status: 200,
    body: { results: [ANNS] },
  });
  expect(send("GET", "/v1/customers?email=b%40x.com")).toEqual({
    status: 200,
    body: { results: [] },
  });
});

test("attributes are read by id, email, phone or cio_id, with the time each was written for", () => {
  const { send, batch } = createFixture();
  batch(ANN);
  const paths = [
    "1/attributes",
    "ann%40x.com/attributes?id_type=email",
    "%2B14155552671/attributes?id_type=phone",
  ];
  for (const path of [...paths, "00000700000001/attributes?id_type=cio_id"]) {
    const attributes = { sms_consent: true, phone: "+14155552671" };
    expect(send("GET", `/v1/customers/${path}`)).toMatchObject({
      status: 200,
      body: {
        customer: { id: "1", identifiers: ANNS, attributes, timestamps: { phone: 1_790_000_000 } },
      },
    });
  }
  expect(send("GET", "/v1/customers/2/attributes").status).toBe(404);
});

test("attribute values come as text where the workspace is set so", () => {
  const { send, batch } = createFixture({ appAttributeValues: "text" });
  batch(ANN);
  const body = { customer: { attributes: { sms_consent: "true" } } };
  expect(send("GET", "/v1/customers/1/attributes")).toMatchObject({ body });
});

test("a search combines and, or, not, attribute and segment", () => {
  const { send, batch } = createFixture();
  batch(ANN, identify({ id: "2" }, { sms_consent: false }));
  const consented = { attribute: { field: "sms_consent", operator: "eq", value: "true" } };
  const phoned = { attribute: { field: "phone", operator: "exists" } };
  const ids = (filter: object): unknown =>
    send("POST", "/v1/customers", { filter: { ...filter } }).body;
  expect(ids({ and: [consented, phoned] })).toMatchObject({ ids: ["1"], next: "" });
  expect(ids({ or: [consented, { not: phoned }] })).toMatchObject({ ids: ["1", "2"] });
  expect(ids({ segment: { id: 4 } })).toMatchObject({ ids: [] });
  expect(send("POST", "/v1/customers", { filter: { nonsense: 1 } }).status).toBe(400);
});

test("opt-outs of senders are set, listed by sender and removed", () => {
  const { send, batch } = createFixture();
  batch(ANN);
  const change = (optout: boolean): number =>
    send("PUT", "/v1/customers/%2B14155552671/optouts?id_type=phone", {
      optouts: [{ from: "+1800", optout }],
    }).status;
  expect(change(true)).toBe(204);
  const entry = {
    customer_id: "1",
    cio_id: ANNS.cio_id,
    optouts: [{ channel: "sms", from: "+1800" }],
  };
  expect(send("GET", "/v1/optouts?from=%2B1800")).toEqual({
    status: 200,
    body: { optouts: [entry], next: "" },
  });
  expect(send("GET", "/v1/optouts?from=%2B1900").body).toEqual({ optouts: [], next: "" });
  change(false);
  expect(send("GET", "/v1/customers/1/optouts").body).toEqual({ optouts: [] });
});

test("an opt-out on an unknown channel is refused, of an unknown person not found", () => {
  const { send, batch } = createFixture();
  batch(ANN);
  const optouts = [{ from: "+1800", optout: true, channel: "fax" }];
  expect(send("PUT", "/v1/customers/1/optouts", { optouts }).status).toBe(400);
  expect(send("PUT", "/v1/customers/2/optouts", { optouts }).status).toBe(404);
});

test("activities tell the silent failures of a person", () => {
  const { send, batch } = createFixture();
  batch(ANN, identify({ id: "2" }, { email: "ann@x.com" }));
  const activities = [{ type: "failed_attribute_change", name: "Attribute Update Failure" }];
  expect(send("GET", "/v1/activities?customer_id=2")).toMatchObject({ body: { activities } });
});

test("the App API stops at its rate limit with a Retry-After", () => {
  const { send } = createFixture({ appRequestsPerSecond: 1 });
  expect(send("GET", "/v1/subscription_channels").status).toBe(200);
  const answer = { status: 429, headers: { "retry-after": "1" } };
  expect(send("GET", "/v1/subscription_channels")).toMatchObject(answer);
});
