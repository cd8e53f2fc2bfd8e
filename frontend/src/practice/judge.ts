/** What a caption of a practice picture does well and does not yet. */
import { tokenize } from "../editor/words";

import type { Lesson, Rule } from "./lessons";

export interface Judgement {
  readonly rule: Rule;
  readonly met: boolean;
}

/** Every rule of the lesson; none is met by an empty caption. */
export function judge(lesson: Lesson, caption: string, language = "en"): Judgement[] {
  const words = spaced(caption, language);
  const isThere = (wanted: string): boolean => words.includes(spaced(wanted, language));
  return lesson.rules.map((rule) => ({ rule, met: words.trim() !== "" && meets(rule, isThere) }));
}

function meets({ has = [], lacks = [] }: Rule, isThere: (words: string) => boolean): boolean {
  return (
    has.every((group) => group.some((word) => isThere(word) || isThere(`${word}s`))) && !lacks.some(isThere)
  );
}

/** The words in small letters with a space around each, so that a name of several is found, and no half of a word. */
function spaced(text: string, language: string): string {
  const words = tokenize(text, language)
    .filter(({ isWord }) => isWord)
    .flatMap(({ word }) => word.toLowerCase().split("."));
  return ` ${words.join(" ")} `;
}
