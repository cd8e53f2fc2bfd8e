/**
 * The concrete phrases of the alt-texts, and what becomes of them.
 *
 * A phrase is a run of words with no function word and no punctuation inside (as RAKE picks its candidates): "Lake Bled",
 * "green iguana", "24". It is a proposal to a person, who has the last word.
 */
import type { Schemas } from "../api/client";
import type { Task } from "../api/tasks";

import { tokenize } from "../text/words";

export type Outcome = Schemas["ConceptOutcome"];
export type DropReason = Schemas["DropReason"];

/** What the annotator decided about a phrase; without a decision the text itself tells kept from dropped. */
export interface Decision {
  readonly outcome: Outcome;
  readonly reason: DropReason | null;
}

/** By phrase. */
export type Decisions = Readonly<Record<string, Decision>>;

export interface Concept {
  readonly phrase: string;
  readonly outcome: Outcome;
  readonly reason: DropReason | null;
  /** It was decided so in the round before, and nobody has said otherwise. */
  readonly before: boolean;
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

interface Given extends Decision {
  readonly phrase: string;
}

/** What was decided among the outcomes of a caption. What the text tells by itself is no decision. */
export function decisionsOf(given: readonly Given[]): Decisions {
  const isDecided = ({ outcome, reason }: Given): boolean =>
    outcome === "corrected" || outcome === "kept_on_trust" || (outcome === "dropped" && reason !== null);
  return Object.fromEntries(
    given.filter(isDecided).map(({ phrase, outcome, reason }) => [phrase, { outcome, reason }]),
  );
}

/** Decisions as the server takes them. */
export function givenOf(decisions: Decisions): Given[] {
  return Object.entries(decisions).map(([phrase, decision]) => ({ phrase, ...decision }));
}

export function isSameDecisions(one: Decisions, other: Decisions): boolean {
  if (one === other) return true;
  const phrases = Object.keys(one);
  return (
    phrases.length === Object.keys(other).length &&
    phrases.every(
      (phrase) =>
        one[phrase]?.outcome === other[phrase]?.outcome && one[phrase]?.reason === other[phrase]?.reason,
    )
  );
}

/** The phrases that the server found at import, else those that are found here. */
export function phrasesOfTask(task: Pick<Task, "alt_texts" | "phrases"> | null, language: string): string[] {
  const found = task?.phrases ?? [];
  if (found.length === 0) return conceptPhrases(task?.alt_texts ?? [], language);
  // What was found before file names were known for what they are.
  return found.filter((phrase) => withoutFiles(phrase) !== ";");
}

/** Names of files, addresses and entities of HTML: nothing that a caption could say. (texts/phrases.py has the same.) */
const NO_WORDS: readonly RegExp[] = [
  /https?:\/\/\S+|www\.\S+|&#?\w{1,10};/giu,
  /(?<!\S)\S+\.(?:jpe?g|jfif|png|gif|webp|avif|heic|svg|tiff?|bmp|pdf|raw|cr2|nef)(?![\p{L}\p{N}])/giu,
  /(?<![\p{L}\p{N}])(?:IMG|DSCN?|DSCF|PXL|MVI|GOPR|PICT)[-_]?\d{3,}\S*/giu,
  /(?<!\S)\S*[^\s_]_[^\s_]\S*/gu,
  /(?<![\p{L}\p{N}])[a-z0-9]+(?:-[a-z0-9]+){3,}(?![\p{L}\p{N}])/gu,
];

/** In the place of each a mark that no phrase reaches over. */
const withoutFiles = (text: string): string => NO_WORDS.reduce((left, kind) => left.replace(kind, ";"), text);

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

function phrasesOf(written: string, language: string): string[] {
  const text = withoutFiles(written);
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
  return has(folded(caption, language), caption, phrase, language);
}

/** Without spaces between words a phrase is cut by what stands around it, so there its letters are looked for. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function has(words: string, caption: string, phrase: string, language: string): boolean {
  if (words.includes(foldedPhrase(phrase, language))) return true;
  return WITHOUT_SPACES.test(phrase) && caption.normalize("NFKC").includes(phrase.normalize("NFKC"));
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

const foldedWord = remembering((word, language) =>
  singular(plain(word).toLocaleLowerCase(language).replace(/'s$/u, "")),
);
const foldedPhrase = remembering(folded);

/** However its accents and apostrophes are written. */
const plain = (word: string): string => word.normalize("NFKC").replace(/[’ʼ]/gu, "'");

function singular(word: string): string {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|x|ss|zz)es$/u.test(word)) return word.slice(0, -2);
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/**
 * The ledger of a caption: every phrase with its outcome, the annotator's decisions over what the text tells, and over what
 * was decided in the round `before`. A decision that the text has overtaken does not count.
 */
export function conceptLedger(
  phrases: readonly string[],
  caption: string,
  decisions: Decisions,
  language = "en",
  before: Decisions = {},
): Concept[] {
  const words = folded(caption, language);
  return phrases.map((phrase) => {
    const isThere = has(words, caption, phrase, language);
    const fits = (decision: Decision | undefined): decision is Decision =>
      decision !== undefined && (decision.outcome === "kept_on_trust") === isThere;
    const [own, earlier] = [decisions[phrase], before[phrase]];
    if (fits(own)) return { phrase, ...own, before: false, undecided: false };
    if (fits(earlier)) return { phrase, ...earlier, before: true, undecided: false };
    if (isThere) return { phrase, outcome: "kept", reason: null, before: false, undecided: false };
    return { phrase, outcome: "dropped", reason: null, before: false, undecided: true };
  });
}
