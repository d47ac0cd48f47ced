/** Has the simulated Twilio and Customer.io tell the app what the scenario says they do. */
import type { Reporter } from "../../simulator/customerio/reporting/reporter.ts";
import type { HookStep } from "../../simulator/scenarios/scenario.ts";
import type { Twilio } from "../../simulator/twilio/twilio.ts";

export function hookTeller(
  shop: string,
  { twilio, reporter }: { twilio: Twilio; reporter: Reporter },
): (step: HookStep) => void {
  return ({ who, tell }) => {
    if (tell.kind === "texted") {
      twilio.receive(shop, tell);
      return;
    }
    const data = { delivery_id: `demo-${who}`, identifiers: { email: `${who}@example.com` } };
    const report = (metric: string, more: object): void =>
      void reporter.report(shop, { object: "sms", metric, data: { ...data, ...more } });
    report("sent", { recipient: tell.to });
    // As Customer.io tells it: with the reason, and without the number.
    report("undeliverable", { failure_message: tell.failure });
  };
}
