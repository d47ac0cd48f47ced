// Serves the control API of the simulated reporting webhooks, `/_control/reporting/…`.
import { isObject } from "../../control/json.ts";
import { serveRoutes, textOf, type Routes } from "../../control/serve-routes.ts";
import { createReporter, type Reporter, type ReporterOptions } from "./reporter.ts";

export type RunningReporter = { url: string; reporter: Reporter; close(): Promise<void> };

export async function startReporter(
  options: ReporterOptions & { port?: number },
): Promise<RunningReporter> {
  const reporter = createReporter(options);
  const routes = routesOf(reporter);
  const { url, close } = await serveRoutes("/_control/reporting/", routes, options.port ?? 0);
  return { url, reporter, close };
}

function routesOf(reporter: Reporter): Routes {
  return {
    "POST report": (asked) => ({
      event_id: reporter.report(textOf(asked, "shop"), {
        object: textOf(asked, "object"),
        metric: textOf(asked, "metric"),
        data: isObject(asked["data"]) ? asked["data"] : {},
        ...(asked["id"] === undefined ? {} : { id: textOf(asked, "id") }),
      }),
    }),
    "POST reply": (asked) => {
      const body = asked["body"];
      reporter.handOn(textOf(asked, "shop"), isObject(body) ? body : textOf(asked, "body"));
      return {};
    },
    "POST settings": (asked) => {
      // The settings come from a test's own code.
      reporter.configure(asked as Partial<ReporterOptions>);
      return {};
    },
    "POST now": () => {
      reporter.sendNow();
      return {};
    },
    "POST idle": async () => {
      await reporter.idle();
      return { sent: reporter.sent() };
    },
    "POST reset": () => {
      reporter.reset();
      return {};
    },
    "GET sent": () => ({ sent: reporter.sent() }),
  };
}
