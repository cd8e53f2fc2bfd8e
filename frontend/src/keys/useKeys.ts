/** Lets a screen's commands be given by their keys. */
import { useEffect, useEffectEvent } from "react";

import { isMac, ownKeys } from "./own_keys";
import { commandFor, type CommandId } from "./table";

export type Handlers = Partial<Record<CommandId, () => void>>;

/** While a dialog is open the keys are the dialog's. */
export function useKeys(handlers: Handlers): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]") !== null)
      return;
    const offered = Object.keys(handlers) as CommandId[];
    const command = commandFor(event, offered, isText(event.target), isMac, ownKeys.get());
    if (command === null) return;
    event.preventDefault();
    handlers[command]?.();
  });
  useEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type))
  );
}
