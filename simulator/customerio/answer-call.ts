import type { Answer } from "../control/answer.ts";
import { answerAppApi } from "./app-api.ts";
import { refuseCredentials } from "./authorize.ts";
import type { Call } from "./call.ts";
import { refuseRate } from "./rate-limit.ts";
import type { Simulation } from "./simulation.ts";
import { answerTrackV1 } from "./track-v1.ts";
import { answerTrackV2 } from "./track-v2.ts";
import type { Workspace } from "./workspace.ts";

/** What Customer.io answers to a call, and does about it; `workspace` is null for wrong credentials. */
export function answerCall(
  simulation: Simulation,
  workspace: Workspace | null,
  call: Call,
): Answer {
  if (!workspace) return refuseCredentials(call.path);
  const { settings, limiter } = simulation;
  const isApp = call.path.startsWith("/v1/");
  const limit = isApp ? settings.appRequestsPerSecond : settings.trackRequestsPerSecond;
  const key = `${isApp ? "app" : "track"} ${workspace.account.siteId}`;
  if (limit !== null && !limiter.admits(key, limit)) return refuseRate(limit);
  const answer = isApp
    ? answerAppApi(workspace, call)
    : (answerTrackV2(workspace, call) ?? answerTrackV1(workspace, call));
  return answer ?? { status: 404, body: { meta: { error: "not found" } } };
}
