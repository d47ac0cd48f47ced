// Serves the simulated Twilio account's control API, `/_control/twilio/…`: what a test or a demo in
// another process uses to have somebody text the shop, and to read what became of it.
import type { JsonObject } from "../control/json.ts";
import { serveRoutes, textOf, type Routes } from "../control/serve-routes.ts";
import { createTwilio, type Twilio, type TwilioOptions } from "./twilio.ts";

export type RunningTwilio = { url: string; twilio: Twilio; close(): Promise<void> };

export async function startTwilio(
  options: TwilioOptions & { port?: number },
): Promise<RunningTwilio> {
  const twilio = createTwilio(options);
  const { url, close } = await serveRoutes(
    "/_control/twilio/",
    routesOf(twilio),
    options.port ?? 0,
  );
  return { url, twilio, close };
}

function routesOf(twilio: Twilio): Routes {
  return {
    "POST inbound": (asked) => ({
      sid: twilio.receive(textOf(asked, "shop"), {
        from: textOf(asked, "from"),
        body: textOf(asked, "body"),
        ...sidOf(asked),
      }),
    }),
    "POST status": (asked) => ({
      sid: twilio.report(textOf(asked, "shop"), {
        to: textOf(asked, "to"),
        status: textOf(asked, "status"),
        ...(asked["errorCode"] === undefined ? {} : { errorCode: textOf(asked, "errorCode") }),
        ...sidOf(asked),
      }),
    }),
    "POST settings": (asked) => {
      // The settings come from a test's own code.
      twilio.configure(asked as Partial<TwilioOptions>);
      return {};
    },
    "POST idle": async () => {
      await twilio.idle();
      return { sent: twilio.sent() };
    },
    "POST reset": () => {
      twilio.reset();
      return {};
    },
    "GET sent": () => ({ sent: twilio.sent() }),
  };
}

function sidOf(asked: JsonObject): { sid?: string } {
  return asked["sid"] === undefined ? {} : { sid: textOf(asked, "sid") };
}
