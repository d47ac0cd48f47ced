/**
 * What the settings page sends, and what it comes to. The page shows a part of the settings: what it
 * does not show stays as it is. A key that is left empty stays as it is too, because a saved key is
 * never sent to a browser and could not come back from one.
 */
import { z } from "zod";
import { readConnection, type Connection } from "./connection.ts";
import { MODES, type Mode } from "./modes.ts";
import type { Problem } from "./problems.ts";
import { readSettings, type Settings } from "./schema.ts";

const keyText = z.string().max(1000).default("");

const submissionSchema = z.discriminatedUnion("intent", [
  z.strictObject({
    intent: z.literal("save"),
    mode: z.enum(MODES),
    settings: z.record(z.string(), z.unknown()),
    connection: z.strictObject({
      region: z.enum(["us", "eu"]),
      site_id: keyText,
      api_key: keyText,
      app_key: keyText,
      signing_key: keyText,
      twilio_auth_token: keyText,
    }),
  }),
  z.strictObject({ intent: z.literal("disconnect") }),
]);

export type Submission = z.output<typeof submissionSchema>;
type Save = Extract<Submission, { intent: "save" }>;

export type ShopPolicy = { mode: Mode; settings: Settings; connection: Connection | null };

/** Problems name their field as the page does: `mode`, `settings.…`, `connection.…`. */
export type Decision = { ok: true; policy: ShopPolicy } | { ok: false; problems: Problem[] };

/** null when this is nothing the page sends. */
export function readSubmission(input: unknown): Submission | null {
  const parsed = submissionSchema.safeParse(input);
  return parsed.success ? parsed.data : null;
}

/** What a shop's policy becomes; a disconnected shop observes, since it has nowhere to write. */
export function decideSubmission(current: ShopPolicy, submission: Submission): Decision {
  if (submission.intent === "disconnect") {
    return { ok: true, policy: { ...current, mode: "observe", connection: null } };
  }
  const settings = readSettings({ ...current.settings, ...submission.settings });
  const connection = decideConnection(current.connection, submission.connection);
  const problems = [
    ...(settings.ok ? [] : under("settings", settings.problems)),
    ...(connection.ok ? [] : under("connection", connection.problems)),
    ...checkMode(submission.mode, connection),
  ];
  if (!settings.ok || !connection.ok || problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    policy: {
      mode: submission.mode,
      settings: settings.settings,
      connection: connection.connection,
    },
  };
}

type ConnectionDecision =
  | { ok: true; connection: Connection | null }
  | { ok: false; problems: Problem[] };

function decideConnection(
  current: Connection | null,
  typed: Save["connection"],
): ConnectionDecision {
  const { region, ...keys } = typed;
  const given = Object.fromEntries(Object.entries(keys).filter(([, text]) => text.trim() !== ""));
  if (!current && Object.keys(given).length === 0) return { ok: true, connection: null };
  if (current && "site_id" in given && !("api_key" in given)) {
    return {
      ok: false,
      problems: [{ field: "api_key", problem: "is needed together with a new site ID" }],
    };
  }
  return readConnection({ ...current, region, ...given });
}

function checkMode(mode: Mode, connection: ConnectionDecision): Problem[] {
  if (mode === "observe" || !connection.ok || connection.connection) return [];
  return [{ field: "mode", problem: "needs a connection to Customer.io first" }];
}

function under(part: string, problems: readonly Problem[]): Problem[] {
  return problems.map(({ field, problem }) => ({ field: `${part}.${field}`, problem }));
}
