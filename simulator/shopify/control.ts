// The simulated Shopify's control API, `/_control/shopify/…`: what a test or a demo in another
// process uses to make things happen in a shop and to read what became of the webhooks.
import type { Answer } from "../control/answer.ts";
import { isObject, type JsonObject } from "../control/json.ts";
import { crowdWebhooks } from "../scenarios/crowd.ts";
import { DAY } from "../scenarios/day.ts";
import { playScenario } from "../scenarios/play.ts";
import { expectationsFor } from "../scenarios/expectations.ts";
import type { DeliverOptions } from "./deliver.ts";
import type { Faults, Shopify } from "./shopify.ts";
import { isVerb, perform, type Act, VERBS } from "./verbs.ts";

type Handler = (shopify: Shopify, request: JsonObject) => Answer | Promise<Answer>;

function ok(body: object): Answer {
  return { status: 200, body };
}

function refused(problem: string): Answer {
  return { status: 422, body: { error: problem } };
}

function shopOf(request: JsonObject): string {
  return typeof request["shop"] === "string" ? request["shop"] : DAY.shop;
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function runVerb(shopify: Shopify, request: JsonObject): Answer {
  const { verb, args } = request;
  if (!isVerb(verb)) return refused(`unknown verb; known: ${Object.keys(VERBS).join(", ")}`);
  // The arguments come from a test's own code: a wrong one fails in the verb with a sentence.
  const act = { verb, args: isObject(args) ? args : {} } as unknown as Act;
  try {
    return ok({ id: perform(shopify.openShop(shopOf(request)), act) });
  } catch (error) {
    return refused(error instanceof Error ? error.message : "failed");
  }
}

async function runScenario(shopify: Shopify, request: JsonObject): Promise<Answer> {
  if (request["name"] !== "day") return refused("unknown scenario; known: day");
  const shop = shopify.openShop(shopOf(request));
  await playScenario(shopify, shop, DAY, {
    roundMs: numberOr(request["roundMs"], DAY.roundMs),
    seed: numberOr(request["seed"], 1),
  });
  return ok({ expected: expectationsFor(shop, DAY), ledger: shopify.deliverer().ledger.summary() });
}

async function runCrowd(shopify: Shopify, request: JsonObject): Promise<Answer> {
  const crowd = crowdWebhooks({
    webhooks: numberOr(request["webhooks"], 1000),
    people: numberOr(request["people"], 200),
    shop: shopOf(request),
    seed: numberOr(request["seed"], 1),
    ...(typeof request["bodyBytes"] === "number" ? { bodyBytes: request["bodyBytes"] } : {}),
  });
  for (const webhook of crowd) shopify.send(webhook);
  await shopify.deliverer().idle();
  return ok(shopify.deliverer().ledger.summary());
}

function setFaults(shopify: Shopify, request: JsonObject): Answer {
  const names: (keyof Faults)[] = ["refuseTokens", "throttle", "unavailable"];
  for (const name of names) {
    const wanted = request[name];
    if (wanted === "forever") shopify.faults[name] = Number.POSITIVE_INFINITY;
    else if (typeof wanted === "number") shopify.faults[name] = wanted;
  }
  if (request["expireTokens"] === true) shopify.tokens.expireAll();
  return ok({ ...shopify.faults });
}

function setDelivery(shopify: Shopify, request: JsonObject): Answer {
  const { appUrl, secret, ...delivery } = request;
  shopify.configure({
    ...(typeof appUrl === "string" ? { appUrl } : {}),
    ...(typeof secret === "string" ? { secret } : {}),
    delivery: { ...shopify.options.delivery, ...(delivery as Partial<DeliverOptions>) },
  });
  return ok({ appUrl: shopify.options.appUrl ?? null, delivery: shopify.options.delivery ?? {} });
}

const ROUTES: Record<string, Handler> = {
  "POST verb": runVerb,
  "POST scenario": runScenario,
  "POST crowd": runCrowd,
  "POST faults": setFaults,
  "POST delivery": setDelivery,
  "POST reset": (shopify) => {
    shopify.reset();
    return ok({});
  },
  "POST idle": async (shopify) => {
    await shopify.deliverer().idle();
    return ok(shopify.deliverer().ledger.summary());
  },
  "GET ledger": (shopify) => {
    const { ledger } = shopify.deliverer();
    return ok({ summary: ledger.summary(), entries: ledger.entries() });
  },
  "GET expected": (shopify, request) =>
    ok({ expected: expectationsFor(shopify.openShop(shopOf(request)), DAY) }),
  "GET verbs": () => ok({ verbs: Object.keys(VERBS) }),
};

/** Answers a control request; `name` is what follows `/_control/shopify/`. */
export async function serveControl(
  shopify: Shopify,
  method: string,
  name: string,
  request: JsonObject,
): Promise<Answer> {
  const handler = ROUTES[`${method} ${name}`];
  if (handler === undefined)
    return { status: 404, body: { error: "no such control route", routes: Object.keys(ROUTES) } };
  return await handler(shopify, request);
}
