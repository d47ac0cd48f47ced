import { afterEach, beforeEach, expect, test } from "vitest";
import {
  startCustomerio,
  type RunningCustomerio,
} from "../../simulator/customerio/start-customerio.ts";
import { disorder } from "./order-kept.ts";

const ACCOUNT = { siteId: "site", apiKey: "key" };
let customerio: RunningCustomerio;
beforeEach(async () => {
  customerio = await startCustomerio({ ...ACCOUNT, settings: { keep: "bodies" } });
});
afterEach(() => customerio.close());

async function tell(timestamp: number, attributes: Record<string, string | null>): Promise<void> {
  const identifiers = { email: "ada@example.com" };
  const item = { type: "person", action: "identify", identifiers, timestamp, attributes };
  const response = await fetch(`${customerio.url}/api/v2/batch`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${ACCOUNT.siteId}:${ACCOUNT.apiKey}`)}` },
    body: JSON.stringify({ batch: [item] }),
  });
  await response.arrayBuffer();
}

function found(): string[] {
  return disorder(customerio.control.workspace(), customerio.control.requests());
}

test("stamps that grow, and the very same telling again, are in order", async () => {
  await tell(1_000, { phone: "+14155552671" });
  await tell(1_001, { phone: null });
  await tell(1_001, { phone: null });
  expect(found()).toEqual([]);
});

test("a telling that is older than the last is found", async () => {
  await tell(1_001, { phone: null });
  await tell(1_000, { phone: "+14155552671" });
  expect(found()).toEqual(["email:ada@example.com: told with 1000 after 1001"]);
});

test("two tellings with one stamp and different words are found", async () => {
  await tell(1_000, { phone: "+14155552671" });
  await tell(1_000, { phone: null });
  expect(found()).toEqual(["email:ada@example.com: told twice with 1000, in other words"]);
});

test("a profile that does not hold what it was told last is found", async () => {
  await tell(2_000, { phone: "+14155552671" });
  const [person] = customerio.control.workspace().people.values();
  person?.attributes.set("phone", { value: "+442079460018", timestamp: 3_000 });
  expect(found()).toEqual(["email:ada@example.com: holds other than told last: phone"]);
});

test("a log without bodies proves nothing, and says so", async () => {
  customerio.control.set({ keep: "log" });
  await tell(1_000, { phone: "+14155552671" });
  expect(found()).toEqual(["nobody was told, or the log holds no bodies"]);
});
