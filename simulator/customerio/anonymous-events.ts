import { logActivity, type Person, type Workspace } from "./workspace.ts";

const ADOPTED_DAYS = 30;

/**
 * Gives a person the events of the last 30 days told under an anonymous id. An anonymous id is
 * used once: whoever is identified with it later gets nothing.
 */
export function adoptAnonymousEvents(
  workspace: Workspace,
  person: Person,
  anonymousId: string,
): void {
  if (workspace.claimedAnonymousIds.has(anonymousId)) {
    const detail = `anonymous_id ${anonymousId} was used before`;
    logActivity(workspace, "failed_attribute_change", "Attribute Update Failure", person, detail);
    return;
  }
  workspace.claimedAnonymousIds.add(anonymousId);
  const oldest = workspace.now() / 1000 - ADOPTED_DAYS * 24 * 60 * 60;
  for (const event of workspace.anonymous.get(anonymousId) ?? []) {
    if (event.timestamp < oldest) continue;
    event.cioId = person.cioId;
    person.events.push(event);
  }
  workspace.anonymous.delete(anonymousId);
}
