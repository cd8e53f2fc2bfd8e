/** What a caption of a practice picture does well and does not yet. */
import { tokenize } from "../editor/words";

import type { Lesson, Rule } from "./lessons";

export interface Judgement {
  readonly rule: Rule;
  readonly met: boolean;
}

/** Every rule of the lesson; none is met by an empty caption. */
export function judge(lesson: Lesson, caption: string): Judgement[] {
  const words = new Set(
    tokenize(caption, "en")
      .filter(({ isWord }) => isWord)
      .flatMap(({ word }) => word.toLowerCase().split(".")),
  );
  return lesson.rules.map((rule) => ({ rule, met: words.size > 0 && meets(rule, words) }));
}

function meets({ has = [], lacks = [] }: Rule, words: ReadonlySet<string>): boolean {
  return (
    has.every((group) => group.some((word) => words.has(word) || words.has(`${word}s`))) &&
    !lacks.some((word) => words.has(word))
  );
}
