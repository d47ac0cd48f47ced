// A log for tests that don't look at it.
import { createLog } from "#app/platform/log.ts";

export const silentLog = createLog({ level: "silent", format: "json" });
