/** Where each word of a caption comes from. */
import type { Task } from "../api/tasks";

import { sourcesOf } from "./sources";
import { tokenize } from "../text/words";
import { differenceOf } from "../text/difference";

/** `draft` and `previous_caption` are told from the alt-text only where the alt-text lacks the words. */
export type Origin = "alt_text" | "previous_caption" | "draft" | "mine";

export interface OriginSpan {
  readonly text: string;
  readonly origin: Origin;
}

/** The text cut into stretches of one origin: the first source, the alt-text before all, that has the words in order. */
export function originsOf(task: Task, text: string, language = "en"): OriginSpan[] {
  const origins: Origin[] = new Array<Origin>(text.length).fill("mine");
  for (const source of sourcesOf(task).toReversed()) {
    let at = 0;
    for (const piece of differenceOf(source.text, text, language).pieces) {
      if (piece.kind === "removed") continue;
      if (piece.kind === "same") origins.fill(source.kind, at, at + piece.text.length);
      at += piece.text.length;
    }
  }
  const spans: OriginSpan[] = [];
  for (const { word, start, end } of tokenize(text, language)) {
    const origin = origins[text.indexOf(word, start)] ?? "mine";
    const last = spans.at(-1);
    if (last?.origin === origin)
      spans[spans.length - 1] = { text: last.text + text.slice(start, end), origin };
    else spans.push({ text: text.slice(start, end), origin });
  }
  return spans;
}
