import { TrackClient } from "customerio-node";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { event, identify } from "./workspace-fixture.ts";
import { startCustomerio, type RunningCustomerio } from "./start-customerio.ts";

// Planned faults, as the real customerio-node sees them, and what each leaves behind.

const ULID = "01HB4HBDKTFWYZCK01DMRSWRFD";
const PERSON = identify({ id: "1" }, { phone: "x" });
let cio: RunningCustomerio;

function connect(): TrackClient {
  return new TrackClient("site", "key", {
    url: `${cio.url}/api/v1`,
    retry: { maxRetries: 0 },
  });
}

/** How a batch of one person ends for the client: its answer's status, or the name of the error. */
async function outcome(client = connect(), items: object[] = [PERSON]): Promise<string> {
  try {
    const answer = await client.batch(items as never);
    return "errors" in answer ? "207" : "200";
  } catch (error) {
    if (error instanceof Error && "statusCode" in error) return String(error.statusCode);
    return error instanceof Error ? error.name : "unknown";
  }
}

function people(): number {
  return cio.control.workspace().people.size;
}

beforeAll(async () => {
  cio = await startCustomerio({ siteId: "site", apiKey: "key" });
});
beforeEach(() => cio.control.reset());
afterAll(() => cio.close());

describe("faults before anything is processed", () => {
  test.each([
    [{ fault: "fail", status: 503 }, "503"],
    [{ fault: "fail", status: 200, body: "<html>" }, "Error"],
    [{ fault: "drop" }, "TypeError"],
  ])("%o reaches the client as %s and stores nothing", async (fault, expected) => {
    cio.control.plan(fault);
    expect(await outcome()).toBe(expected);
    expect(people()).toBe(0);
    expect(await outcome()).toBe("200");
    expect(people()).toBe(1);
  });

  test("a hanging request stores nothing and is never answered", async () => {
    cio.control.plan({ fault: "hang" });
    const call = outcome();
    await expect.poll(() => cio.control.requests().length).toBe(1);
    expect(cio.control.requests()[0]).toMatchObject({
      fault: "hang",
      status: null,
      processed: false,
    });
    expect(people()).toBe(0);
    cio.control.reset();
    expect(await call).toBe("TypeError");
  });

  test("a redirect is followed by the client, without its credentials", async () => {
    cio.control.plan({ fault: "redirect", status: 307, location: `${cio.url}/api/v2/batch` });
    expect(await outcome()).toBe("401");
    expect(cio.control.requests().map((entry) => entry.status)).toEqual([307, 401]);
  });
});

describe("faults after the request was processed: the makers of duplicates", () => {
  test.each([
    [{ fault: "accept-then-fail", status: 500 }, "500"],
    [{ fault: "accept-then-drop" }, "TypeError"],
    [{ fault: "cut-answer" }, "TypeError"],
  ])(
    "%o reaches the client as %s although the event counts; its ULID makes the repeat harmless",
    async (fault, expected) => {
      cio.control.plan(fault);
      const items = [
        event({ id: "1" }, "order_placed", { id: ULID }),
        event({ id: "1" }, "no_ulid"),
      ];
      expect(await outcome(connect(), items)).toBe(expected);
      expect(await outcome(connect(), items)).toBe("200");
      const names = cio.control.workspace().events.map((one) => one.name);
      expect(names).toEqual(["order_placed", "no_ulid", "no_ulid"]);
    },
  );

  test("accepted and never answered: the person is there and the client knows nothing", async () => {
    cio.control.plan({ fault: "accept-then-hang" });
    const call = outcome();
    await expect.poll(people).toBe(1);
    cio.control.reset();
    expect(await call).toBe("TypeError");
  });
});

describe("choosing what goes wrong", () => {
  test("Retry-After comes in seconds, as a date, or not at all", async () => {
    cio.control.plan({ fault: "fail", status: 429, retryAfter: 7 });
    cio.control.plan({ fault: "fail", status: 429, retryAfter: "date:7" });
    cio.control.plan({ fault: "fail", status: 429 });
    const headers: (string | null)[] = [];
    for (let index = 0; index < 3; index += 1) {
      const answer = await fetch(`${cio.url}/api/v2/batch`, { method: "POST", body: "{}" });
      headers.push(answer.headers.get("retry-after"));
    }
    expect(headers).toEqual(["7", expect.stringMatching(/^\w{3}, .* GMT$/), null]);
  });

  test("rules are consumed in order, each as often as it says", async () => {
    cio.control.plan({ fault: "fail", status: 500, times: 2 });
    cio.control.plan({ fault: "fail", status: 429 });
    const outcomes: string[] = [];
    for (let index = 0; index < 4; index += 1) outcomes.push(await outcome());
    expect(outcomes).toEqual(["500", "500", "429", "200"]);
  });

  test("a fault for events befalls requests with an event only", async () => {
    cio.control.plan({ fault: "fail", status: 500, kind: "event" });
    expect(await outcome()).toBe("200");
    expect(await outcome(connect(), [PERSON, event({ id: "1" }, "e")])).toBe("500");
    expect(await outcome(connect(), [event({ id: "1" }, "e")])).toBe("200");
  });

  test("a fault for one workspace leaves the others alone", async () => {
    cio.control.plan({ fault: "fail", status: 500, workspace: "other", times: "forever" });
    expect(await outcome()).toBe("200");
  });

  test("a partial refusal hits the chosen items of a batch and takes the rest", async () => {
    const items = ["1", "2", "3", "4"].map((id) => identify({ id }, {}));
    cio.control.plan({ fault: "partial", items: [1, 3], reason: "odd" });
    const answer = await connect().batch(items as never);
    const errors = [1, 3].map((batch_index) =>
      expect.objectContaining({ batch_index, reason: "odd" }),
    );
    expect(answer).toEqual({ errors });
    expect(people()).toBe(2);
    cio.control.plan({ fault: "partial", kind: "event" });
    expect(await connect().batch([PERSON, event({ id: "1" }, "e")] as never)).toMatchObject({
      errors: [{ batch_index: 1 }],
    });
  });

  test("a delayed request counts after the one sent behind it", async () => {
    cio.control.plan({ fault: "delay" });
    const delayed = outcome(connect(), [identify({ id: "1" }, { phone: "delayed" }, 5)]);
    await expect.poll(() => cio.control.faults()[0]?.applied).toBe(1);
    await outcome(connect(), [identify({ id: "1" }, { phone: "prompt" }, 5)]);
    cio.control.release();
    await delayed;
    expect(cio.control.snapshot().people[0]?.attributes).toMatchObject({ phone: "delayed" });
  });

  test("a slow answer belongs to a request that counted at once", async () => {
    cio.control.plan({ fault: "slow-answer" });
    const call = outcome();
    await expect.poll(people).toBe(1);
    expect(cio.control.requests()).toEqual([]);
    cio.control.release();
    expect(await call).toBe("200");
  });

  test("clearing the faults ends them", async () => {
    cio.control.plan({ fault: "fail", times: "forever" });
    cio.control.clearFaults();
    expect(await outcome()).toBe("200");
  });
});
