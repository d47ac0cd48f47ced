/**
 * The admin's contextual save bar: shown while there is something to save, and App Bridge keeps the
 * merchant from leaving meanwhile.
 */
import { useEffect } from "react";
import { findAppBridge } from "./app-bridge.ts";

type SaveBarProps = {
  id: string;
  dirty: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
};

export function SaveBar({ id, dirty, saving, onSave, onDiscard }: SaveBarProps) {
  useEffect(() => {
    const bar = findAppBridge()?.saveBar;
    if (!bar || !dirty) return;
    void bar.show(id);
    return () => void bar.hide(id);
  }, [id, dirty]);

  return (
    <ui-save-bar id={id}>
      <button variant="primary" onClick={onSave} {...(saving ? { loading: "" } : {})}>
        Save
      </button>
      <button onClick={onDiscard} disabled={saving}>
        Discard
      </button>
    </ui-save-bar>
  );
}
