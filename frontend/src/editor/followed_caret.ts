/** The difference shows the place where the caption is being written: its pane is scrolled as the caret goes. */
import { type RefObject, useEffect, useEffectEvent } from "react";

import type { Difference } from "../text/difference";

export function useFollowedCaret(
  pane: RefObject<HTMLElement | null>,
  difference: Difference,
  text: string,
): void {
  const follow = useEffectEvent(() => {
    const field = document.activeElement;
    if (!(field instanceof HTMLTextAreaElement) || !field.classList.contains("caption-field")) return;
    if (pane.current !== null) scrollTo(pane.current, placeOf(difference, field.selectionEnd));
  });
  useEffect(() => {
    document.addEventListener("selectionchange", follow);
    return () => document.removeEventListener("selectionchange", follow);
  }, []);
  useEffect(() => follow(), [text]);
}

interface Place {
  /** Which of the pieces, and how many characters into it. */
  readonly piece: number;
  readonly offset: number;
}

/** Where in the difference a place of the caption is. */
export function placeOf({ pieces }: Difference, caret: number): Place {
  let at = 0;
  for (const [piece, { kind, text }] of pieces.entries()) {
    if (kind === "removed") continue;
    if (caret <= at + text.length) return { piece, offset: caret - at };
    at += text.length;
  }
  const last = pieces.length - 1;
  return { piece: last, offset: pieces[last]?.text.length ?? 0 };
}

function scrollTo(pane: HTMLElement, { piece, offset }: Place): void {
  const words = pane.children[piece]?.firstChild;
  if (!(words instanceof Text) || pane.scrollHeight <= pane.clientHeight) return;
  const range = document.createRange();
  range.setStart(words, Math.min(offset, words.length));
  const { top, bottom } = range.getBoundingClientRect();
  const seen = pane.getBoundingClientRect();
  if (top === 0 && bottom === 0) return;
  if (top < seen.top) pane.scrollTop -= seen.top - top + pane.clientHeight / 3;
  else if (bottom > seen.bottom) pane.scrollTop += bottom - seen.bottom + pane.clientHeight / 3;
}
