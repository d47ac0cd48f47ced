// Feedback from the shopper's phone to the workspace: through the hooks' door, the inbox, the merge and
// the delivery, over real HTTP and a real database.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { sealConnection } from "#app/db/shop-connection.ts";
import { expireTextsSent } from "#app/db/text-sent.ts";
import { loadShopSecrets } from "#app/intake/shop-secrets.ts";
import { sealer } from "../support/connected-shop.ts";
import { post, sendCustomerio, sendTwilio, SIGNING_KEY, TOKEN } from "../support/hooks.ts";
import { SHOP, startPipeline, type Pipeline } from "../support/pipeline.ts";

const NUMBER = "+14155552671";
const EMAIL = "ada@example.com";
const NO_KEYS = "no-keys.myshopify.com";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({ signingKey: SIGNING_KEY, twilioAuthToken: TOKEN });
  await pipeline.connect({ domain: NO_KEYS, siteId: "s2", apiKey: "k2" });
});
afterEach(async () => {
  await pipeline.pool.query(
    `TRUNCATE message, pending, dead_letter, identity, observation, person, profile, person_number,
              number_said, consent_entry, outbox, told, delivery, delivery_state, privacy_request,
              text_sent, text_failed`,
  );
  pipeline.customerio.control.reset();
});
afterAll(() => pipeline.close());

let texts = 0;
function text(words: string, fields: Record<string, string> = {}): Record<string, string> {
  texts += 1;
  return {
    MessageSid: `SM${texts}`,
    SmsStatus: "received",
    From: NUMBER,
    To: "+15005550006",
    Body: words,
    ...fields,
  };
}

function report(metric: string, objectType: string, data: object, id = `E${(texts += 1)}`): object {
  const timestamp = Math.floor(pipeline.now() / 1000);
  return { metric, object_type: objectType, event_id: id, timestamp, data };
}

/** Ada ticked the box and her order followed, a while ago. */
async function adaTicked(): Promise<void> {
  const at = new Date(pipeline.now() - 3_600_000).toISOString();
  const body = {
    id: 1,
    token: "ada-checkout",
    email: EMAIL,
    created_at: at,
    updated_at: at,
    sms_marketing_phone: NUMBER,
    buyer_accepts_sms_marketing: true,
    line_items: [],
  };
  expect(await pipeline.send({ topic: "checkouts/create", body })).toBe(200);
  await pipeline.settle();
  expect(ada()).toMatchObject({ sms_eligible: true });
}

function ada(): Record<string, unknown> | undefined {
  const { people } = pipeline.customerio.control.snapshot();
  return people.find(({ email }) => email === EMAIL)?.attributes;
}

async function kept(): Promise<{ topic: string; body: string }[]> {
  const { rows } = await pipeline.pool.query<{ topic: string; body: Buffer }>(
    "SELECT topic, body FROM message ORDER BY id",
  );
  return rows.map(({ topic, body }) => ({ topic, body: body.toString() }));
}

async function letters(): Promise<string[]> {
  const { rows } = await pipeline.pool.query<{ topic: string; reason: string; detail: string }>(
    "SELECT topic, reason, detail FROM dead_letter WHERE shop = $1 ORDER BY id",
    [SHOP],
  );
  return rows.map(({ topic, reason, detail }) => `${topic}: ${reason}, ${detail}`);
}

describe("what the shopper texts reaches the workspace", () => {
  test("a STOP through Twilio opts out, and a START lifts it", async () => {
    await adaTicked();
    expect(await sendTwilio(pipeline, text("Stop"))).toEqual({
      status: 200,
      type: "text/xml",
      text: "<Response/>",
    });
    await pipeline.settle();
    expect(ada()).toMatchObject({ sms_eligible: false, sms_ineligible_reason: "opted_out" });
    expect(ada()).not.toHaveProperty("sms_marketing_phone");
    expect((await sendTwilio(pipeline, text("START", { OptOutType: "START" }))).status).toBe(200);
    await pipeline.settle();
    expect(ada()).toMatchObject({ sms_eligible: true, sms_marketing_phone: NUMBER });
  });

  test("a STOP that a campaign hands on opts out, each time it is said", async () => {
    await adaTicked();
    const stop = { from: NUMBER, body: "stop" };
    for (const words of ["stop", "start", "stop"]) {
      pipeline.advance(2_000);
      const answered = await sendCustomerio(pipeline, { ...stop, body: words }, {}, "/reply");
      expect(answered).toEqual({ status: 200, type: null, text: "" });
      await pipeline.settle();
      const isStopped = words === "stop";
      expect(ada(), words).toMatchObject({ sms_eligible: !isStopped });
    }
    expect(await kept()).toHaveLength(4);
  });

  test("an unsubscribed profile and a subscribed one do what they say", async () => {
    await adaTicked();
    const data = { identifiers: { id: null, email: EMAIL } };
    await sendCustomerio(pipeline, report("unsubscribed", "customer", data));
    await pipeline.settle();
    expect(ada()).toMatchObject({ sms_ineligible_reason: "unsubscribed_everywhere" });
    pipeline.advance(2_000);
    await sendCustomerio(pipeline, report("subscribed", "customer", data));
    await pipeline.settle();
    expect(ada()).toMatchObject({ sms_eligible: true });
  });

  test("a carrier's 21610 stops, and a landline takes no texts", async () => {
    await adaTicked();
    const failed = { MessageStatus: "failed", From: "+15005550006", To: NUMBER };
    await sendTwilio(pipeline, { MessageSid: "SMa", ErrorCode: "30006", ...failed });
    await pipeline.settle();
    expect(ada()).toMatchObject({ sms_eligible: false });
    expect(ada()?.["sms_ineligible_reason"]).not.toBe("opted_out");
    await sendTwilio(pipeline, { MessageSid: "SMb", ErrorCode: "21610", ...failed });
    await pipeline.settle();
    const { rows } = await pipeline.pool.query("SELECT says->>'kind' AS kind FROM number_said");
    expect(rows.map(({ kind }) => kind).toSorted()).toEqual(["carrier_stop", "landline"]);
    expect(await letters()).toEqual([]);
  });
});

describe("a failure that names no number", () => {
  const failure = () =>
    report("undeliverable", "sms", {
      identifiers: { email: EMAIL },
      delivery_id: "D1",
      failure_message: "Twilio: 30006 landline",
    });
  const sentTo = (recipient: string) => report("sent", "sms", { delivery_id: "D1", recipient });

  test.each(["before", "after"])(
    "counts for the number of its text, heard %s the report that tells which it was",
    async (when) => {
      await adaTicked();
      const reports = [failure(), sentTo(NUMBER), failure()];
      if (when === "after") reports.reverse();
      for (const one of when === "before" ? reports.slice(0, 2) : reports.slice(1)) {
        await sendCustomerio(pipeline, one);
        await pipeline.settle();
      }
      expect(ada()).toMatchObject({ sms_eligible: false });
      const { rows } = await pipeline.pool.query("SELECT says FROM number_said");
      expect(rows).toEqual([{ says: { kind: "landline", code: "30006", text: "D1" } }]);
    },
  );

  test("counts for none while nobody tells, and never for the shopper's other one", async () => {
    await adaTicked();
    await sendCustomerio(pipeline, failure());
    await sendCustomerio(pipeline, sentTo("+14155552699"));
    await pipeline.settle();
    expect(ada()).toMatchObject({ sms_eligible: true });
    expect(await letters()).toEqual([]);
  });

  test("is forgotten after thirty days, whether or not somebody told", async () => {
    await sendCustomerio(pipeline, failure());
    await sendCustomerio(pipeline, report("sent", "sms", { delivery_id: "D2", recipient: NUMBER }));
    await pipeline.settle();
    expect(await expireTextsSent(pipeline.pool, 30)).toBe(0);
    await pipeline.pool.query("UPDATE text_sent SET at = now() - interval '31 days'");
    await pipeline.pool.query("UPDATE text_failed SET kept_at = now() - interval '31 days'");
    expect(await expireTextsSent(pipeline.pool, 30)).toBe(2);
  });
});

test("a START that is handed on after the STOP that followed it lifts nothing", async () => {
  await adaTicked();
  for (const words of ["stop", "START", "stop"]) {
    pipeline.advance(2_000);
    await sendTwilio(pipeline, text(words));
    await pipeline.settle();
  }
  pipeline.advance(2_000);
  await sendCustomerio(pipeline, { from: NUMBER, body: "start" }, {}, "/reply");
  await pipeline.settle();
  expect(ada()).toMatchObject({ sms_ineligible_reason: "opted_out" });
});

test("an erasure takes the raw texts and reports of the shopper's numbers, and the stop stays", async () => {
  await adaTicked();
  const DIGITS = NUMBER.slice(1);
  await sendTwilio(pipeline, text("STOP"));
  await sendTwilio(pipeline, { MessageSid: "SM9", MessageStatus: "delivered", To: NUMBER });
  await sendTwilio(pipeline, text("STOP", { From: "+14155552699" }));
  await sendCustomerio(pipeline, { from: NUMBER, body: "stop" }, {}, "/reply");
  await sendCustomerio(pipeline, report("sent", "sms", { delivery_id: "D1", recipient: NUMBER }));
  await sendCustomerio(
    pipeline,
    report("attempted", "sms", { delivery_id: "D9", identifiers: { email: "ADA@example.com" } }),
  );
  await pipeline.settle();
  const redact = { shop_domain: SHOP, customer: { id: 1, email: EMAIL }, orders_to_redact: [] };
  // In one batch with a text that was not read before.
  await sendTwilio(pipeline, text("and again: STOP"));
  expect(await pipeline.send({ topic: "customers/redact", body: redact })).toBe(200);
  await pipeline.settle();
  const left = (await kept()).filter(({ topic }) => !topic.startsWith("customers/"));
  expect(left.map(({ body }) => body.includes("14155552699"))).toEqual([true]);
  const { rows } = await pipeline.pool.query(
    "SELECT (SELECT count(*)::int FROM number_said) AS said, (SELECT count(*)::int FROM text_sent) AS sent",
  );
  expect(rows).toEqual([{ said: 4, sent: 0 }]);
  expect(JSON.stringify(left)).not.toContain(DIGITS);
});

describe("what is kept", () => {
  test("is the body as it came, once however often it comes, each state of a message for itself", async () => {
    const stop = text("STOP", { MessageSid: "SM77" });
    for (let i = 0; i < 3; i += 1) expect((await sendTwilio(pipeline, stop)).status).toBe(200);
    const event = report("sent", "sms", { recipient: NUMBER }, "01E4C4CT6YDC7Y5M7FE1GWWPQJ");
    const sent = JSON.stringify(event);
    expect((await sendCustomerio(pipeline, sent)).status).toBe(200);
    expect((await sendCustomerio(pipeline, sent, { ageMs: 60_000 })).status).toBe(200);
    for (const MessageStatus of ["sent", "delivered", "delivered"]) {
      await sendTwilio(pipeline, { MessageSid: "SM78", MessageStatus, To: NUMBER });
    }
    expect(await kept()).toEqual([
      { topic: "twilio/message", body: new URLSearchParams(stop).toString() },
      { topic: "customerio/report", body: sent },
      { topic: "twilio/status", body: "MessageSid=SM78&MessageStatus=sent&To=%2B14155552671" },
      {
        topic: "twilio/status",
        body: "MessageSid=SM78&MessageStatus=delivered&To=%2B14155552671",
      },
    ]);
    await pipeline.settle();
    expect(await letters()).toEqual([]);
  });

  test("is a dead letter with its reason where it makes no sense", async () => {
    expect((await sendCustomerio(pipeline, "hello")).status).toBe(200);
    expect((await sendCustomerio(pipeline, '{"from": "+1415", "bo', {}, "/reply")).status).toBe(
      200,
    );
    expect((await sendCustomerio(pipeline, { from: "null", body: "x" }, {}, "/reply")).status).toBe(
      200,
    );
    expect((await sendTwilio(pipeline, { From: NUMBER, Body: "STOP" })).status).toBe(200);
    expect((await sendTwilio(pipeline, {}, {})).status).toBe(200);
    await pipeline.settle();
    expect(await letters()).toEqual([
      "customerio/reply: not_json, is not JSON",
      "customerio/reply: names_nothing, no phone number in from or phone",
      "twilio/message: names_nothing, no MessageSid",
      "customerio/report: not_json, is not JSON",
      "twilio/status: names_nothing, no MessageSid",
    ]);
  });
});

describe("nothing is kept", () => {
  afterEach(async () => expect(await kept()).toEqual([]));

  test("of what another secret signed, or of another body than was signed", async () => {
    const stop = text("STOP");
    const event = report("unsubscribed", "customer", { identifiers: { email: EMAIL } });
    const answers = [
      await sendTwilio(pipeline, stop, { secret: "another" }),
      await sendTwilio(pipeline, stop, { sent: "Body=START" }),
      await sendCustomerio(pipeline, event, { secret: "another" }),
      await sendCustomerio(pipeline, event, { sent: "{}" }),
      await sendCustomerio(pipeline, event, { secret: TOKEN }, "/reply"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  });

  test("of what is not signed, or was signed more than five minutes ago", async () => {
    const event = report("unsubscribed", "customer", { identifiers: { email: EMAIL } });
    const old = await sendCustomerio(pipeline, event, { ageMs: 302_000 });
    const early = await sendCustomerio(pipeline, event, { ageMs: -302_000 }, "/reply");
    const urls = ["twilio", "customerio"].map((who) => `${pipeline.url}/hooks/${who}/${SHOP}`);
    const unsigned = await Promise.all(urls.map((url) => post(url, {}, "Body=STOP")));
    expect([old, early, ...unsigned].map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  test("for a shop nobody knows, or one without the secret, whatever the signature", async () => {
    for (const shop of ["nobody.myshopify.com", NO_KEYS, "no.shop.example"]) {
      expect((await sendTwilio(pipeline, text("STOP"), { shop })).status, shop).toBe(401);
      expect((await sendTwilio(pipeline, text("STOP"), { shop, secret: "" })).status).toBe(401);
      expect((await sendCustomerio(pipeline, {}, { shop })).status, shop).toBe(401);
    }
  });

  test("of a body over one MiB, or of anything but a POST to an address there is", async () => {
    const large = await sendCustomerio(pipeline, "x".repeat(1024 * 1024 + 1));
    expect(large.status).toBe(413);
    expect((await fetch(`${pipeline.url}/hooks/twilio/${SHOP}`)).status).toBe(405);
    for (const path of ["/", `/twilio/${SHOP}/reply`, `/other/${SHOP}`, "/twilio/"])
      expect((await post(`${pipeline.url}/hooks${path}`, {}, "")).status, path).toBe(404);
  });
});

test("a secret that was just replaced counts at once, and the one before no longer", async () => {
  const LATE = "late.myshopify.com";
  const shopId = await pipeline.connect({ domain: LATE, siteId: "s3", apiKey: "k3" });
  const replaceBy = (token: string) =>
    pipeline.pool.query("UPDATE shop SET credentials = $2 WHERE id = $1", [
      shopId,
      sealConnection(sealer, {
        region: "us",
        site_id: "s3",
        api_key: "k3",
        app_key: null,
        signing_key: null,
        twilio_auth_token: token,
      }),
    ]);
  const statusBy = async (secret: string) =>
    (await sendTwilio(pipeline, text("STOP"), { shop: LATE, secret })).status;
  expect(await statusBy("first")).toBe(401);
  for (const token of ["first", "second"]) {
    await replaceBy(token);
    pipeline.advance(1_000);
    expect(await statusBy(token)).toBe(200);
  }
  expect(await statusBy("first")).toBe(401);
});

test("the worker is woken for what overtakes, once it is stored and never for what is refused", async () => {
  pipeline.woken.length = 0;
  await sendTwilio(pipeline, text("STOP"), { secret: "another" });
  expect(pipeline.woken).toEqual([]);
  await sendTwilio(pipeline, text("STOP"));
  await sendCustomerio(pipeline, report("sent", "sms", {}));
  expect(pipeline.woken).toEqual([`merge ${SHOP} urgent`, `merge ${SHOP} new`]);
});

test("what was sent is counted by what became of it", async () => {
  const counted = async () => {
    const metrics = await (await fetch(`${pipeline.url}/metrics`)).text();
    const count = (outcome: string) =>
      Number(
        new RegExp(`ringtrue_hooks_total\\{outcome="${outcome}"\\} (\\d+)`).exec(metrics)?.[1],
      );
    return { acknowledged: count("acknowledged"), refused: count("refused") };
  };
  const before = await counted();
  await sendTwilio(pipeline, text("STOP"));
  await sendTwilio(pipeline, text("STOP"), { secret: "another" });
  const { acknowledged, refused } = await counted();
  expect([acknowledged - before.acknowledged, refused - before.refused]).toEqual([1, 1]);
});

test("a body of just one MiB is let in", async () => {
  const padding = "x".repeat(1024 * 1024 - '{"a":""}'.length);
  expect((await sendCustomerio(pipeline, `{"a":"${padding}"}`)).status).toBe(200);
});

test("what cannot be stored is to be sent again", async () => {
  await pipeline.pool.query("ALTER TABLE message RENAME TO message_away");
  try {
    expect((await sendTwilio(pipeline, text("STOP"))).status).toBe(503);
  } finally {
    await pipeline.pool.query("ALTER TABLE message_away RENAME TO message");
  }
  expect((await sendTwilio(pipeline, text("STOP"))).status).toBe(200);
});

test("a shop that is not installed has no secrets", async () => {
  const read = () => loadShopSecrets({ pool: pipeline.pool, sealer }, SHOP);
  expect(await read()).toEqual({ twilio: TOKEN, customerio: SIGNING_KEY });
  await pipeline.pool.query("UPDATE shop SET uninstalled_at = now() WHERE domain = $1", [SHOP]);
  expect(await read()).toEqual({ twilio: null, customerio: null });
  await pipeline.pool.query("UPDATE shop SET uninstalled_at = NULL WHERE domain = $1", [SHOP]);
});
