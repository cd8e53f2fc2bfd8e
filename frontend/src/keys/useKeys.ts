/** Lets a screen's commands be given by their keys. */
import { useEffect, useEffectEvent } from "react";

import type { ReadyCommand } from "./command";
import { commandFor } from "./matching";
import { isMac, ownKeys } from "./own_keys";

/** While a dialog is open the keys are the dialog's. */
export function useKeys(commands: readonly ReadyCommand[]): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]") !== null)
      return;
    const offered = commands.filter(({ isEnabled }) => isEnabled());
    const command = commandFor(event, offered, isText(event.target), isMac, ownKeys.get());
    if (command === null || isAnothersArrow(event)) return;
    event.preventDefault();
    command.run();
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
