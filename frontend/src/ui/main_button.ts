/** Ctrl+Enter (⌘ Enter) gives what a form or a dialog is about, from any of its fields. */
import type { KeyboardEvent } from "react";

const MAIN = "button.primary, button[type=submit]";

/** Presses the main button of the form that has the focus, else of the element that listens, if it can be pressed. */
export function pressMainButton(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented)
    return;
  if (event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  const form = event.target instanceof Element ? event.target.closest("form") : null;
  const around = form ?? event.currentTarget;
  const buttons = [...around.querySelectorAll<HTMLButtonElement>(MAIN)];
  buttons.findLast((button) => !button.disabled)?.click();
}
