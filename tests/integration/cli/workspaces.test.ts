// What connecting finds out about a workspace, and two shops that share one, by the command line.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ATTRIBUTE_NAMES } from "#app/core/settings/attribute-names.ts";
import {
  startCustomerio,
  type RunningCustomerio,
} from "../../../simulator/customerio/start-customerio.ts";
import { type CliBench, DOMAIN, KEYS, startCliBench, type Ran } from "../../support/cli-bench.ts";

const OTHER = "two.myshopify.com";

let bench: CliBench;
let customerio: RunningCustomerio;

beforeAll(async () => {
  bench = await startCliBench();
  customerio = await startCustomerio({
    ...{ siteId: "hush-site", apiKey: "hush-key", environmentId: 7 },
  });
});
beforeEach(() => bench.clear());
afterAll(async () => {
  await customerio.close();
  await bench.close();
});

function run(...args: string[]): Promise<Ran> {
  return bench.run(args, { CUSTOMERIO_TRACK_URL: customerio.url });
}

test("two shops of one workspace are not both live until one has attribute names of its own", async () => {
  expect(await run("shop", "add", DOMAIN, ...KEYS)).toMatchObject({ code: 0 });
  expect(await run("shop", "add", OTHER, ...KEYS)).toMatchObject({
    code: 1,
    err: expect.stringContaining(`because ${DOMAIN} writes`),
  });
  expect(await run("shop", "add", OTHER, ...KEYS, "--mode", "observe")).toMatchObject({ code: 0 });
  expect(await run("mode", OTHER, "live")).toMatchObject({
    code: 1,
    err: expect.stringContaining("attribute_names"),
  });
  const doctor = await run("doctor");
  expect(doctor.out).toContain(`${DOMAIN} and ${OTHER} write to one workspace`);
  const own = ATTRIBUTE_NAMES.filter((name) => name !== "email");
  const attribute_names = Object.fromEntries(own.map((name) => [name, `two_${name}`]));
  const file = await bench.settingsFile({ attribute_names });
  expect(await run("settings", "set", OTHER, file)).toMatchObject({ code: 0 });
  expect(await run("mode", OTHER, "live")).toMatchObject({ code: 0 });
});

test("keys that Customer.io does not accept and a wrong region are refused, and nothing is kept", async () => {
  const wrong = ["--cio-site-id", "hush-site", "--cio-api-key", "mistyped"];
  expect(await run("shop", "add", DOMAIN, ...wrong)).toMatchObject({
    code: 1,
    err: "connection.api_key: is not accepted with this site ID\n",
  });
  expect(await run("shop", "add", DOMAIN, ...KEYS, "--cio-region", "eu")).toMatchObject({
    code: 1,
    err: "connection.region: must be us, where this workspace is\n",
  });
  expect(await bench.ask("shop", "list")).toEqual([]);
});

test("going live with an App API key says what is waited for", async () => {
  await run("shop", "add", DOMAIN, ...KEYS, "--cio-app-key", "hush-app", "--mode", "observe");
  const { code, out } = await run("mode", DOMAIN, "live", "--json");
  expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, waitsFor: "stops_unread" });
});
