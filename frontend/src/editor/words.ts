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
  const tokens = tokensOf(text, language);
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

/** How many words a person would count. */
export function countWords(text: string, language = "en"): number {
  return tokenize(text, language).filter((token) => token.isWord).length;
}
