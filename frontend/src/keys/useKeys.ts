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
    if (command === null || isAnothersArrow(event)) return;
    event.preventDefault();
    handlers[command]?.();
  });
  useEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

/** An arrow key moves what has the focus, such as a list that scrolls; on the page or the picture it is the picture's. */
function isAnothersArrow({ key, altKey, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
  if (!key.startsWith("Arrow") || altKey || ctrlKey || metaKey) return false;
  return target instanceof HTMLElement && target !== document.body && target.closest(".stage") === null;
}

function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type))
  );
}
