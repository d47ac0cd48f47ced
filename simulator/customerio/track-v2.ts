import type { Answer } from "../control/answer.ts";
import { isObject } from "../control/json.ts";
import { applyOperation } from "./apply-operation.ts";
import type { Api, Call } from "./call.ts";
import { exceedsItemLimit, LIMITS } from "./limits.ts";
import type { Refusal } from "./operations.ts";
import { readItem } from "./read-item.ts";
import { itemKind } from "./item-kinds.ts";
import type { Workspace } from "./workspace.ts";

// Track v2: one item, or a batch of them. Each item of a batch stands for itself: the refused ones
// are listed in a 207 by their place, the others count.

export const answerTrackV2: Api = (workspace, call) => {
  if (call.method !== "POST") return null;
  if (call.path === "/api/v2/entity") return answerEntity(workspace, call);
  if (call.path === "/api/v2/batch") return answerBatch(workspace, call);
  return null;
};

function answerEntity(workspace: Workspace, call: Call): Answer {
  if (exceedsItemLimit(call.body)) {
    return refuseWhole(workspace.settings.oversizeStatus, tooLarge("body", LIMITS.itemBytes));
  }
  const planned = call.refuseItem(0, itemKind(call.body));
  if (planned) return refuseWhole(400, planned);
  const reading = readItem(call.body, workspace.settings);
  if (!reading.ok) return refuseWhole(400, reading.refusal);
  applyOperation(workspace, reading.operation);
  return { status: 200, body: {} };
}

function answerBatch(workspace: Workspace, call: Call): Answer {
  if (call.bodyBytes > LIMITS.batchBytes) {
    return refuseWhole(workspace.settings.oversizeStatus, tooLarge("batch", LIMITS.batchBytes));
  }
  const items = isObject(call.body) ? call.body["batch"] : undefined;
  if (!Array.isArray(items) || items.length === 0) {
    return refuseWhole(400, {
      reason: "required",
      field: "batch",
      message: "batch must be a list of items",
    });
  }
  const errors: (Refusal & { batch_index: number })[] = [];
  for (const [index, item] of items.entries()) {
    const planned = call.refuseItem(index, itemKind(item));
    const reading = planned
      ? ({ ok: false, refusal: planned } as const)
      : readItem(item, workspace.settings);
    if (reading.ok) applyOperation(workspace, reading.operation);
    else errors.push({ batch_index: index, ...reading.refusal });
  }
  return errors.length > 0 ? { status: 207, body: { errors } } : { status: 200, body: {} };
}

function refuseWhole(status: number, refusal: Refusal): Answer {
  return { status, body: { errors: [refusal] } };
}

function tooLarge(field: string, limit: number): Refusal {
  return { reason: "too_large", field, message: `${field} must not exceed ${limit} bytes` };
}
