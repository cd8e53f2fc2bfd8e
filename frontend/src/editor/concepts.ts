/**
 * The concrete phrases of the alt-texts, and what becomes of them.
 *
 * A phrase is a run of words with no function word and no punctuation inside (as RAKE picks its candidates): "Lake Bled",
 * "green iguana", "24". It is a proposal to a person, who has the last word.
 */
import type { Schemas } from "../api/client";
import type { Task } from "../api/tasks";

import { tokenize } from "./words";

export type Outcome = Schemas["ConceptOutcome"];
export type DropReason = Schemas["DropReason"];

/** What the annotator decided about a phrase; without a decision the text itself tells kept from dropped. */
export interface Decision {
  readonly outcome: Outcome;
  readonly reason: DropReason | null;
}

export interface Concept {
  readonly phrase: string;
  readonly outcome: Outcome;
  readonly reason: DropReason | null;
  /** Dropped, and nobody has said why. */
  readonly undecided: boolean;
}

const FUNCTION_WORDS = new Set(
  (
    "a about above across after against all along also an and any are as at be been before behind below beside between both " +
    "but by can could did do does down during each either few for from had has have he her here hers him his how i if in " +
    "inside into is it its just many may me more most much my near no nor not of off on onto or other our out outside over " +
    "own per same she should so some such than that the their them then there these they this those through to too toward " +
    "towards under until up upon us very via was we were what when where which while who whose will with within without " +
    "would you your image images photo photos photograph picture pictures jpg jpeg png gif webp img"
  ).split(" "),
);
const LONGEST_PHRASE = 4;

/** The phrases that the server found at import, else those that are found here. */
export function phrasesOfTask(task: Pick<Task, "alt_texts" | "phrases"> | null, language: string): string[] {
  // A task that an earlier version of the page kept on this device has none.
  const found = task?.phrases as readonly string[] | undefined;
  return found !== undefined && found.length > 0
    ? [...found]
    : conceptPhrases(task?.alt_texts ?? [], language);
}

/** The phrases of the alt-texts, in order, each once. */
export function conceptPhrases(altTexts: readonly string[], language = "en"): string[] {
  const phrases = new Map<string, string>();
  for (const text of altTexts) {
    for (const phrase of phrasesOf(text, language)) {
      const key = phrase.toLocaleLowerCase(language);
      if (!phrases.has(key)) phrases.set(key, phrase);
    }
  }
  return [...phrases.values()];
}

interface Run {
  start: number;
  end: number;
  count: number;
}

function phrasesOf(text: string, language: string): string[] {
  const runs: Run[] = [];
  let open = false;
  for (const { word, start, end, isWord } of tokenize(text, language)) {
    const wordStart = text.indexOf(word, start);
    if (!isWord && joins(text, wordStart, wordStart + word.length)) continue;
    if (!isWord || FUNCTION_WORDS.has(word.toLocaleLowerCase(language))) {
      open = false;
      continue;
    }
    const run: Run | undefined = open ? runs.at(-1) : undefined;
    if (run === undefined) {
      runs.push({ start: wordStart, end: wordStart + word.length, count: 1 });
    } else {
      run.end = wordStart + word.length;
      run.count += 1;
    }
    open = (run?.count ?? 1) < LONGEST_PHRASE && !text.slice(wordStart, end).includes("\n");
  }
  return runs.map((run) => text.slice(run.start, run.end));
}

/** A hyphen, dot or the like inside a word: "STS-93", "D.C.". */
function joins(text: string, start: number, end: number): boolean {
  return /^[-–.'’&/_]$/u.test(text.slice(start, end)) && /[\p{L}\p{N}]/u.test(text.slice(end, end + 1));
}

/** Whether the caption has the phrase: the same words in the same order, whatever their case and plain plurals. */
export function mentions(caption: string, phrase: string, language = "en"): boolean {
  return folded(caption, language).includes(folded(phrase, language));
}

/** The words of a text with a space on either side of each, without case and plain plurals. */
function folded(text: string, language: string): string {
  let words = " ";
  for (const { word, isWord } of tokenize(text, language))
    if (isWord) words += `${foldedWord(word, language)} `;
  return words;
}

/** At every key all words of the caption and all phrases are folded again, and nearly all are as they were. */
const REMEMBERED = 20_000;

function remembering(fold: (text: string, language: string) => string): typeof fold {
  const known = new Map<string, string>();
  let knownIn = "";
  return (text, language) => {
    if (knownIn !== language || known.size >= REMEMBERED) known.clear();
    knownIn = language;
    const found = known.get(text) ?? fold(text, language);
    known.set(text, found);
    return found;
  };
}

const foldedWord = remembering((word, language) => singular(word.toLocaleLowerCase(language)));
const foldedPhrase = remembering(folded);

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** The ledger of a caption: every phrase with its outcome, the annotator's decisions over what the text tells. */
export function conceptLedger(
  phrases: readonly string[],
  caption: string,
  decisions: Readonly<Record<string, Decision>>,
  language = "en",
): Concept[] {
  const words = folded(caption, language);
  return phrases.map((phrase) => {
    const isThere = words.includes(foldedPhrase(phrase, language));
    const decision = decisions[phrase];
    if (decision !== undefined && (decision.outcome === "kept_on_trust") === isThere) {
      return { phrase, ...decision, undecided: false };
    }
    if (isThere) return { phrase, outcome: "kept", reason: null, undecided: false };
    return { phrase, outcome: "dropped", reason: null, undecided: true };
  });
}
