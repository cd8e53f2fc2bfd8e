/** Cutting a text into words, in any script, and counting them. */

/** A word or a mark of punctuation with the white space after it; the first token also has what stands before it. */
export interface Token {
  /** Without white space: what two tokens are compared by. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** A word, a number or the like; not punctuation. */
  readonly isWord: boolean;
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (segmenter === undefined) {
    segmenter = new Intl.Segmenter(language, { granularity: "word" });
    segmenters.set(language, segmenter);
  }
  return segmenter;
}

/** What stands between two spaces, cut: how long each piece is, and whether it is a word. */
type Cut = readonly { readonly length: number; readonly isWord: boolean }[];

/**
 * At every key the whole caption is cut again, and nearly all of it is as it was. No word reaches over white space, so what
 * stands between two spaces is cut once. (Segmenting 2,000 words takes 20 ms, looking them up less than one.)
 */
const remembered = new Map<string, Cut>();
const REMEMBERED = 20_000;

function cut(text: string, language: string): Cut {
  const key = `${language} ${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const pieces = Array.from(segmenterFor(language).segment(text), ({ segment, isWordLike }) => ({
    length: segment.length,
    isWord: isWordLike === true,
  }));
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(key, pieces);
  return pieces;
}

/** The text and its base are asked for by the difference, the counter and the concepts in turn. */
const latest: { text: string; language: string; tokens: readonly Token[] }[] = [];
const LATEST = 4;

/** The text's tokens in order. Together they cover every character; none splits a grapheme cluster. */
export function tokenize(text: string, language = "en"): readonly Token[] {
  if (text.length < 200) return tokensOf(text, language);
  const known = latest.find((each) => each.text === text && each.language === language);
  if (known !== undefined) return known.tokens;
  const before = latest.find((each) => each.language === language && isEditOf(text, each.text));
  const tokens = before === undefined ? tokensOf(text, language) : edited(before, text, language);
  latest.unshift({ text, language, tokens });
  latest.length = Math.min(latest.length, LATEST);
  return tokens;
}

function tokensOf(text: string, language: string): Token[] {
  const tokens: Token[] = [];
  let start = 0;
  for (const { 0: chunk, 1: solid = "", index } of text.matchAll(/(\S+)\s*/gu)) {
    let at = index;
    for (const { length, isWord } of cut(solid, language)) {
      tokens.push({ word: text.slice(at, at + length), start, end: at + length, isWord });
      at += length;
      start = at;
    }
    start = index + chunk.length;
    const last = tokens.at(-1);
    if (last !== undefined) tokens[tokens.length - 1] = { ...last, end: start };
  }
  return tokens;
}

/** A key changes few characters, and the lengths tell at once whether it may be so. */
const FEW = 64;

function isEditOf(text: string, before: string): boolean {
  return Math.abs(text.length - before.length) <= FEW;
}

/**
 * The tokens of a text that is `before` with one place changed: what lies before and behind that place is taken over. Cuts are
 * made where white space is shared with a character on its other side, as no word reaches over it.
 */
function edited(before: (typeof latest)[number], text: string, language: string): readonly Token[] {
  const head = sharedStart(before.text, text);
  const tail = sharedEnd(before.text, text, Math.min(before.text.length, text.length) - head);
  const grown = text.length - before.text.length;
  const isCut = (at: number): boolean => /\s/u.test(before.text[at - 1] ?? "");
  const kept = before.tokens.findLastIndex(({ end }) => end < head && isCut(end)) + 1;
  const resumed = before.tokens.findIndex(
    ({ start }, index) => index >= kept && start > before.text.length - tail && isCut(start),
  );
  const from = before.tokens[kept - 1]?.end ?? 0;
  const behind = resumed === -1 ? [] : before.tokens.slice(resumed);
  const upTo = behind[0] === undefined ? text.length : behind[0].start + grown;
  const between = text.slice(from, upTo);
  if (between !== "" && between.trim() === "") return tokensOf(text, language);
  return [
    ...before.tokens.slice(0, kept),
    ...tokensOf(between, language).map((token) => moved(token, from)),
    ...behind.map((token) => moved(token, grown)),
  ];
}

function moved({ word, start, end, isWord }: Token, by: number): Token {
  return { word, start: start + by, end: end + by, isWord };
}

/** How many characters two texts share at their start. Halving leaves the comparing to the engine's own code. */
function sharedStart(one: string, other: string): number {
  let [shared, limit] = [0, Math.min(one.length, other.length)];
  while (shared < limit) {
    const middle = Math.ceil((shared + limit) / 2);
    if (one.slice(shared, middle) === other.slice(shared, middle)) shared = middle;
    else limit = middle - 1;
  }
  return shared;
}

/** The same at their end, `most` at most. */
function sharedEnd(one: string, other: string, most: number): number {
  let [shared, limit] = [0, most];
  const stretch = (text: string, from: number, to: number): string =>
    text.slice(text.length - to, text.length - from);
  while (shared < limit) {
    const middle = Math.ceil((shared + limit) / 2);
    if (stretch(one, shared, middle) === stretch(other, shared, middle)) shared = middle;
    else limit = middle - 1;
  }
  return shared;
}

/** How many words a person would count. */
export function countWords(text: string, language = "en"): number {
  return tokenize(text, language).filter((token) => token.isWord).length;
}
