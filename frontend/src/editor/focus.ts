/** Where the focus goes on the workbench: into the caption, to what is too long in it, to the concepts. */
import { endOfLimit } from "../ui/length";

/** Puts the focus into the caption. */
export function focusCaption(): void {
  document.querySelector<HTMLElement>(".caption-field")?.focus();
}

/** Marks what stands behind the limit, to be cut or written shorter. */
export function showWhatIsOver(limit: number): void {
  const element = document.querySelector<HTMLTextAreaElement>(".caption-field");
  if (element === null) return;
  const { value } = element;
  element.focus();
  element.setSelectionRange(endOfLimit(value, limit), value.length);
  element.scrollTop = element.scrollHeight;
}

/** Puts the focus on the first phrase that wants a word, else on the first one. */
export function focusConcepts(): void {
  const chip =
    document.querySelector<HTMLElement>(".chip.undecided") ?? document.querySelector<HTMLElement>(".chip");
  chip?.focus();
}

export function leaveFocus(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
