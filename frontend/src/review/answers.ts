/** The concept answers of a caption as a reviewer reads them and puts them right. */
import type { ConceptAnswer, ConceptGiven, WaitingCaption } from "../api/review";
import { type Concept, conceptLedger, type Decision } from "../editor/concepts";

/** By phrase, what the reviewer says instead. */
export type Corrections = Readonly<Record<string, Decision>>;

type Answered = Pick<WaitingCaption, "phrases" | "concepts">;

/** Each phrase of the alt-texts, and any other that was answered, with what became of it in `text`. */
export function answersIn(
  text: string,
  { phrases, concepts }: Answered,
  corrections: Corrections,
  language: string,
): Concept[] {
  const all = [...new Set([...phrases, ...concepts.map(({ phrase }) => phrase)])];
  const given = Object.fromEntries(concepts.map((one) => [one.phrase, decisionOf(one)]));
  return conceptLedger(all, text, { ...given, ...corrections }, language);
}

/** What is sent with a fix: every answer as it is now. Null where nobody has answered anything. */
export function answersToGive(
  text: string,
  waiting: Answered,
  corrections: Corrections,
  language: string,
): ConceptGiven[] | null {
  if (waiting.concepts.length === 0 && Object.keys(corrections).length === 0) return null;
  return answersIn(text, waiting, corrections, language).map(({ phrase, outcome, reason }) => ({
    phrase,
    outcome,
    reason,
  }));
}

/** Whether the reviewer says something else than the caption's author. */
export function isCorrected(
  text: string,
  waiting: Answered,
  corrections: Corrections,
  language: string,
): boolean {
  const [before, after] = [{}, corrections].map((each) => answersIn(text, waiting, each, language));
  return JSON.stringify(before) !== JSON.stringify(after);
}

function decisionOf({ outcome, reason }: ConceptAnswer): Decision {
  return { outcome, reason: reason === "" ? null : reason };
}
