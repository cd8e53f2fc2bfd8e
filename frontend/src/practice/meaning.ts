/**
 * Whether a caption says something, as far as words tell it: in any case and plain plural, "2" as "two", with American spelling,
 * by a word that means the same, and not where it is denied ("no boats", "not at night"). English has all of it; in other
 * languages the case alone does not matter.
 */
import { tokenize } from "../text/words";

/** A caption's words, clause by clause: what is denied in one does not reach into the next. */
export type Clauses = readonly (readonly string[])[];

const NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

/** Each line's words are as good as its first. */
const SAME = `
2 pair couple both
12 dozen
bicycle bike cycle
boat ship vessel sailboat dinghy yacht
rock stone boulder
sea ocean
house home cottage
car automobile
man gentleman
woman lady
child kid
sofa couch settee
street road
forest woods woodland
gray grey
color colour
night nighttime
`;

const MEANS = new Map(
  SAME.trim()
    .split("\n")
    .map((line) => line.split(" "))
    .flatMap(([first = "", ...others]) => others.map((word) => [word, first] as const)),
);

const DENIES = new Set(
  "no not without never nor neither lacks lacking isnt arent doesnt dont cannot".split(" "),
);
/** "Not only red": nothing is denied. */
const AFTER_ALL = new Set(["only", "just"]);
const REACH = 4;

export function clausesOf(caption: string, language: string): Clauses {
  const clauses: string[][] = [[]];
  for (const { word, isWord } of tokenize(caption, language)) {
    if (!isWord && /^[.,;:!?–—]/u.test(word)) clauses.push([]);
    if (!isWord) continue;
    if (isEnglish(language) && word.toLowerCase() === "but") clauses.push([]);
    clauses.at(-1)?.push(...pieces(word));
  }
  return clauses;
}

/** Whether the caption affirms the phrase by its own words or such as mean the same. */
export function says(clauses: Clauses, phrase: string, language: string): boolean {
  return isAffirmed(clauses, phrase, language, (word) => meaningOf(word, language));
}

/** Whether it affirms the phrase in just these words. */
export function saysLiterally(clauses: Clauses, phrase: string, language: string): boolean {
  return isAffirmed(clauses, phrase, language, (word) => plainly(word, language));
}

function isAffirmed(
  clauses: Clauses,
  phrase: string,
  language: string,
  fold: (word: string) => string,
): boolean {
  const wanted = clausesOf(phrase, language).flat().map(fold);
  if (wanted.length === 0) return false;
  return clauses.some((clause) => {
    const words = clause.map(fold);
    return words.some(
      (_, at) =>
        wanted.every((word, step) => words[at + step] === word) &&
        !(isEnglish(language) && isDenied(clause, at)),
    );
  });
}

function isDenied(clause: readonly string[], at: number): boolean {
  const before = clause
    .slice(Math.max(0, at - REACH), at)
    .map((word) => word.toLowerCase().replace(/['’]/gu, ""));
  const denial = before.findLastIndex((word) => DENIES.has(word));
  return denial !== -1 && !AFTER_ALL.has(before[denial + 1] ?? "");
}

function meaningOf(word: string, language: string): string {
  const plain = plainly(word, language);
  if (!isEnglish(language)) return plain;
  const one = singular(plain);
  return MEANS.get(plain) ?? MEANS.get(one) ?? one;
}

function plainly(word: string, language: string): string {
  const small = word.toLocaleLowerCase(language);
  if (!isEnglish(language)) return small;
  const plain = small.normalize("NFD").replace(/\p{M}/gu, "");
  const number = NUMBERS.indexOf(plain);
  return number === -1 ? plain : String(number);
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|x|ss)es$/u.test(word)) return word.slice(0, -2);
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** A name of a file is one word to a reader of words, and several to a reader of names. */
function pieces(word: string): string[] {
  return word.split(/[._]/u).filter((piece) => piece !== "");
}

function isEnglish(language: string): boolean {
  return /^en\b/iu.test(language);
}
