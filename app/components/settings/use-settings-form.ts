/**
 * The life of the settings form: a draft that differs from what is saved or not, one save at a time,
 * and the problems of the last one. After a save the fields start again from what was saved, so that
 * a key that was typed does not stay on the screen.
 */
import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { Problem } from "#app/core/settings/problems.ts";
import { findAppBridge } from "#app/components/app-bridge.ts";
import { findProblem, startDraft, toSubmission, type Draft, type SettingsPage } from "./draft.ts";

export type Outcome =
  | { ok: true; done: "saved" | "disconnected" }
  | { ok: false; problems: Problem[] };

export type SettingsForm = {
  draft: Draft;
  dirty: boolean;
  saving: boolean;
  change: (part: Partial<Draft>) => void;
  save: () => void;
  discard: () => void;
  disconnect: () => void;
  problemOf: (field: string, name: string) => string | false;
};

export function useSettingsForm(page: SettingsPage): SettingsForm {
  const fetcher = useFetcher<Outcome>();
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [settled, setSettled] = useState<Outcome>();

  // Once the answer is there and the page was read again, whichever comes last.
  if (fetcher.state === "idle" && fetcher.data && fetcher.data !== settled) {
    setSettled(fetcher.data);
    setProblems(fetcher.data.ok ? [] : fetcher.data.problems);
    if (fetcher.data.ok) setEdits({});
  }

  useEffect(() => announce(settled), [settled]);
  useEffect(focusFirstProblem, [problems]);

  const saved = startDraft(page);
  const draft = { ...saved, ...edits };
  const send = (body: object) =>
    fetcher.submit(JSON.stringify(body), { method: "post", encType: "application/json" });

  return {
    draft,
    dirty: JSON.stringify(draft) !== JSON.stringify(saved),
    saving: fetcher.state !== "idle",
    change: (part) => setEdits((before) => ({ ...before, ...part })),
    save: () => send(toSubmission(draft)),
    disconnect: () => send({ intent: "disconnect" }),
    discard: () => {
      setEdits({});
      setProblems([]);
    },
    problemOf: (field, name) => findProblem(problems, field, name),
  };
}

function announce(outcome: Outcome | undefined): void {
  if (!outcome?.ok) return;
  const message = outcome.done === "saved" ? "Settings saved" : "Customer.io disconnected";
  findAppBridge()?.toast.show(message);
}

/** Whoever pressed Save may be far from the field that needs them. */
function focusFirstProblem(): void {
  const invalid = document.querySelector<HTMLElement>("[aria-invalid='true']");
  const field = invalid?.matches("fieldset")
    ? invalid.querySelector<HTMLElement>("input:checked")
    : invalid;
  field?.focus();
  field?.scrollIntoView({ block: "center" });
}
