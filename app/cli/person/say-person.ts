/** The same document for a person to read: first what was decided and why, then what it rests on. */
import type { DeliveryShown, EventShown } from "#app/db/person-file.ts";
import { facts, say, table } from "../table.ts";
import type { showDecision, showLedger, showObservations } from "./show-decision.ts";

export type PersonShown = {
  identities: string[];
  observations: ReturnType<typeof showObservations>;
  decision: ReturnType<typeof showDecision> & { sentences: string[] };
  ledger: ReturnType<typeof showLedger>;
  deliveries: DeliveryShown[];
  events: EventShown[];
};

export function sayPerson({
  identities,
  observations,
  decision,
  ledger,
  deliveries,
  events,
}: PersonShown): string {
  const known = decision.version === decision.toldVersion;
  const head = facts([
    ["person", decision.anchor],
    ["told as", decision.address ?? "nobody yet"],
    ["number", decision.phone?.e164],
    ["consent", decision.consent.status],
    ["may be texted", decision.eligibility.marketing.eligible],
    ["Customer.io", known ? "knows it" : "does not know it as it is"],
  ]);
  return [
    head,
    decision.sentences.join("\n"),
    section(
      "Numbers heard",
      ["number", "source", "document", "given", "fate", "reason"],
      decision.numbers.map((one) => [
        one.number ?? one.raw,
        one.source,
        `${one.document} ${one.slot}`,
        say(one.givenAt),
        one.fate,
        say(one.reason),
      ]),
    ),
    section(
      "Consent ledger",
      ["at", "act", "number", "source", "document", "level", "stands"],
      ledger.map((act) => [
        say(act.at),
        act.kind,
        say(act.number),
        act.source,
        act.document,
        act.level,
        say(act.stands),
      ]),
    ),
    section(
      "Observations",
      ["told", "document", "kind"],
      observations.map((one) => [say(one.toldAt), one.document, one.says.kind]),
    ),
    section(
      "Events",
      ["at", "name", "about", "state"],
      events.map((event) => [say(event.at), event.name, event.resource, event.state]),
    ),
    section(
      "Deliveries",
      ["at", "kind", "status", "outcome", "detail"],
      deliveries.map((one) => [
        say(one.at),
        one.name ?? one.kind,
        String(one.status),
        one.outcome,
        one.detail,
      ]),
    ),
    `Identities\n${identities.join("\n")}`,
  ].join("\n\n");
}

function section(title: string, heading: string[], rows: string[][]): string {
  return `${title}\n${rows.length === 0 ? "none" : table([heading, ...rows])}`;
}
