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

/** The text's tokens in order. Together they cover every character; none splits a grapheme cluster. */
export function tokenize(text: string, language = "en"): Token[] {
  const tokens: Token[] = [];
  let start = 0;
  for (const { segment, index, isWordLike } of segmenterFor(language).segment(text)) {
    const last = tokens.at(-1);
    if (segment.trim() === "") {
      if (last !== undefined) tokens[tokens.length - 1] = { ...last, end: index + segment.length };
    } else {
      if (last !== undefined) start = index;
      tokens.push({ word: segment, start, end: index + segment.length, isWord: isWordLike === true });
    }
  }
  return tokens;
}

/** How many words a person would count. */
export function countWords(text: string, language = "en"): number {
  return tokenize(text, language).filter((token) => token.isWord).length;
}
