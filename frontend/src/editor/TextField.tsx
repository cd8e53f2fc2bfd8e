/**
 * The caption's own field: a native multi-line text field, so that spell-check, input methods, dictation and screen
 * readers work. What keys change (taking a source, say) goes in as if it had been typed: the browser's undo knows it.
 */
import { useLayoutEffect, useRef } from "react";

import { t } from "../i18n/translate";
import { useStore } from "../ui/store";

import { notePaste } from "./actions";
import type { Bench } from "./bench";
import { charactersOver } from "../ui/length";

interface Props {
  readonly bench: Bench;
  readonly limit: number;
}

export function TextField({ bench, limit }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useStore(bench.state, (state) => state.text);
  const isOver = useStore(bench.state, (state) => charactersOver(state.text, limit) > 0);
  const task = useStore(bench.state, (state) => state.current?.id);

  useLayoutEffect(() => {
    if (field.current !== null) startAfresh(field.current, bench.state.get().text);
  }, [bench, task]);

  useLayoutEffect(() => {
    const element = field.current;
    if (element !== null && element.value !== text) typeInto(element, text);
  }, [text]);

  return (
    <textarea
      ref={field}
      className="caption-field"
      aria-label={t("editor.caption")}
      dir="auto"
      lang={bench.language}
      spellCheck
      autoCapitalize="sentences"
      aria-invalid={isOver}
      placeholder={t("editor.placeholder")}
      onPaste={({ clipboardData }) => bench.edit(notePaste(clipboardData.getData("text/plain").length))}
      onInput={({ currentTarget }) => bench.type(currentTarget.value)}
    />
  );
}

/** Another task's text: the browser's undo starts again with it. */
function startAfresh(element: HTMLTextAreaElement, text: string): void {
  element.value = text;
  element.scrollTop = 0;
  element.focus({ preventScroll: true });
  element.setSelectionRange(text.length, text.length);
}

/** Makes the field's text `text` by typing over the part that differs. */
function typeInto(element: HTMLTextAreaElement, text: string): void {
  const old = element.value;
  let start = 0;
  while (start < old.length && start < text.length && old[start] === text[start]) start += 1;
  let tail = 0;
  const most = Math.min(old.length, text.length) - start;
  while (tail < most && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  const words = text.slice(start, text.length - tail);

  const focused = document.activeElement;
  element.focus({ preventScroll: true });
  element.setSelectionRange(start, old.length - tail);
  // The one way to type for somebody that keeps the field's undo; elsewhere the text is simply set.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const typed = document.execCommand(words === "" ? "delete" : "insertText", false, words);
  if (!typed || element.value !== text) element.value = text;
  if (focused instanceof HTMLElement && focused !== element && focused !== document.body) focused.focus();
}
