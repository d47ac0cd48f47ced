import { describe, expect, test } from "vitest";
import { createFixture, identify, NOON } from "./workspace-fixture.ts";

const EMAIL = { email: "Ann@Example.com" };

describe("attributes", () => {
  test("each attribute keeps the value of the newest timestamp, whatever the order of arrival", () => {
    const { batch, read } = createFixture();
    batch(identify(EMAIL, { phone: "new", city: "A" }, NOON + 2));
    batch(identify(EMAIL, { phone: "old", country: "US" }, NOON + 1));
    expect(read("email", "ann@example.com")).toMatchObject({
      phone: "new",
      city: "A",
      country: "US",
    });
  });

  test("a tie is won by the later arrival, or by the earlier where the workspace refuses ties", () => {
    const written = (["accept", "refuse"] as const).map((ties) => {
      const { batch, read } = createFixture({ ties });
      batch(identify(EMAIL, { phone: "first" }, NOON), identify(EMAIL, { phone: "second" }, NOON));
      return read("email", "ann@example.com")?.["phone"];
    });
    expect(written).toEqual(["second", "first"]);
  });

  test('null and "" remove an attribute, and an older write does not bring it back', () => {
    const { batch, read } = createFixture();
    batch(
      identify(EMAIL, { phone: "x", city: "y" }, NOON),
      identify(EMAIL, { phone: null, city: "" }, NOON + 1),
    );
    batch(identify(EMAIL, { phone: "x", city: "y" }, NOON));
    expect(read("email", "ann@example.com")).toEqual({ email: "Ann@Example.com" });
  });

  test("a dotted preference changes one, an object replaces them all", () => {
    const { batch, read } = createFixture();
    batch(
      identify(
        EMAIL,
        { cio_subscription_preferences: { topics: { topic_1: true, topic_2: true } } },
        NOON,
      ),
    );
    batch(identify(EMAIL, { "cio_subscription_preferences.topics.topic_2": false }, NOON + 1));
    const preferences = (): unknown =>
      read("email", "ann@example.com")?.["cio_subscription_preferences"];
    expect(preferences()).toEqual({ topics: { topic_1: true, topic_2: false } });
    batch(
      identify(EMAIL, { cio_subscription_preferences: { channels: { sms: false } } }, NOON + 2),
    );
    expect(preferences()).toEqual({ channels: { sms: false } });
  });

  test("a person holds at most 300 attributes; what is beyond fails in silence", () => {
    const { batch, read, activity } = createFixture();
    const many = (prefix: string): Record<string, number> =>
      Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${prefix}${index}`, index]));
    expect(batch(identify(EMAIL, many("a")), identify(EMAIL, many("b"))).status).toBe(200);
    expect(Object.keys(read("email", "ann@example.com") ?? {})).toHaveLength(300);
    expect(activity()).toContain("Attribute Update Failure");
  });
});

describe("identifiers", () => {
  test("emails compare without case, ids with", () => {
    const { batch, workspace } = createFixture();
    batch(identify({ email: "a@x.com" }, {}), identify({ email: "A@X.COM" }, {}));
    batch(identify({ id: "k" }, {}), identify({ id: "K" }, {}));
    expect(workspace.people.size).toBe(3);
  });

  test("a new id with the email of a person without an id becomes that person’s id", () => {
    const { batch, read, workspace } = createFixture();
    batch(identify(EMAIL, { city: "Bern" }), identify({ id: "7" }, EMAIL));
    expect(workspace.people.size).toBe(1);
    expect(read("id", "7")).toMatchObject({ id: "7", email: "Ann@Example.com", city: "Bern" });
  });

  test("an email of somebody else is answered 200, changes nothing and is logged as a failure", () => {
    const { batch, read, activity } = createFixture();
    batch(identify({ id: "1" }, EMAIL));
    expect(batch(identify({ id: "2" }, { ...EMAIL, city: "Bern" })).status).toBe(200);
    expect(read("id", "2")).toEqual({ id: "2", city: "Bern" });
    expect(activity()).toEqual(["Attribute Update Failure"]);
  });

  test("identifiers change only through cio_id, an email also through id where the workspace allows it", () => {
    const { batch, read, workspace, simulation } = createFixture();
    batch(
      identify({ id: "1" }, EMAIL),
      identify({ id: "1" }, { email: "b@x.com" }),
      identify(EMAIL, { id: "2" }),
    );
    expect(read("id", "1")?.["email"]).toBe("Ann@Example.com");
    simulation.settings.emailUpdateById = true;
    batch(identify({ id: "1" }, { email: "b@x.com" }));
    expect(read("email", "b@x.com")?.["id"]).toBe("1");
    const [cioId = ""] = workspace.people.keys();
    batch(identify({ cio_id: cioId }, { id: "2" }));
    expect([read("id", "1"), read("id", "2")?.["email"]]).toEqual([null, "b@x.com"]);
  });

  test("_update creates nobody", () => {
    const { batch, workspace } = createFixture();
    expect(batch(identify(EMAIL, { _update: true, phone: "x" })).status).toBe(200);
    expect(workspace.people.size).toBe(0);
  });

  test("an unknown cio_id creates nobody", () => {
    const { batch, workspace } = createFixture();
    batch(identify({ cio_id: "nobody" }, { phone: "x" }));
    expect(workspace.people.size).toBe(0);
  });

  test("where phone is an identifier, it names one person and another can’t have it", () => {
    const { batch, read, activity } = createFixture({ phoneIdentifier: true });
    batch(
      identify({ phone: "+14155552671" }, { city: "Bern" }),
      identify(EMAIL, { phone: "+14155552671" }),
    );
    expect(read("phone", "+14155552671")).toMatchObject({ city: "Bern", email: "Ann@Example.com" });
    batch(identify({ id: "9" }, {}), identify({ id: "9" }, { phone: "+14155552671" }));
    expect(read("id", "9")).toEqual({ id: "9" });
    expect(activity()).toContain("Attribute Update Failure");
  });
});
