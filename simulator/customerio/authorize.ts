import type { Answer } from "../control/answer.ts";
import type { Workspace } from "./workspace.ts";

// Track takes Basic site id and API key, the App API a Bearer key; a key picks its workspace.

/** The workspace whose credentials a request to this path carries, or null. */
export function findByCredentials(
  workspaces: Iterable<Workspace>,
  path: string,
  authorization: string | undefined,
): Workspace | null {
  if (authorization === undefined) return null;
  for (const workspace of workspaces) {
    const { siteId, apiKey, appKey } = workspace.account;
    const expected = path.startsWith("/v1/")
      ? appKey && `Bearer ${appKey}`
      : `Basic ${Buffer.from(`${siteId}:${apiKey}`).toString("base64")}`;
    if (authorization === expected) return workspace;
  }
  return null;
}

/** What wrong credentials are answered with. */
export function refuseCredentials(path: string): Answer {
  if (path.startsWith("/v1/")) {
    return { status: 401, body: { errors: [{ detail: "unauthorized", status: "401" }] } };
  }
  return { status: 401, body: { meta: { error: "Unauthorized request" } } };
}
