/** What a caption of a practice picture does well and does not yet. */
import type { Lesson, Rule } from "./lessons";
import { type Clauses, clausesOf, says, saysLiterally } from "./meaning";

export interface Judgement {
  readonly rule: Rule;
  readonly met: boolean;
}

/** Every rule of the lesson; none is met by an empty caption. */
export function judge(lesson: Lesson, caption: string, language = "en"): Judgement[] {
  const clauses = clausesOf(caption, language);
  const isEmpty = clauses.every((clause) => clause.length === 0);
  return lesson.rules.map((rule) => ({ rule, met: !isEmpty && meets(rule, clauses, language) }));
}

/** What is wanted may be said in other words; what is not may be denied, but not stand there. */
function meets({ has = [], lacks = [] }: Rule, clauses: Clauses, language: string): boolean {
  return (
    has.every((group) => group.some((words) => says(clauses, words, language))) &&
    !lacks.some((words) => saysLiterally(clauses, words, language))
  );
}
