/**
 * Cutting a text into words, in any script, and counting them.
 *
 * What a word is, is written down in annotation_server/texts/words.py; tests/texts/words.json holds both to it. So the
 * figure here is that of the reports, in every browser: their own cutting into words goes by dictionaries that differ.
 */

const SPACELESS =
  "[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}\\p{sc=Tale}\\p{sc=Talu}\\p{sc=Lana}\\p{sc=Tavt}\\p{sc=Ahom}]";
const KANA = "\\p{scx=Kana}";
const MARKS = "(?:(?![\\u200b\\ufeff])[\\p{M}\\p{Cf}])*";
/** Two vowels of Thai and Lao are letters that never stand alone. */
const ALONE = `(?=${SPACELESS})[\\p{L}\\p{Nl}]${MARKS}(?:[\\u0e33\\u0eb3]${MARKS})*`;
const KATAKANA = `(?:(?!${SPACELESS})(?=${KANA})\\p{L}${MARKS})+`;
const LETTERS = `(?:(?!${SPACELESS}|${KANA})[\\p{L}\\p{Nl}]${MARKS})+`;
const DIGITS = `(?:\\p{Nd}${MARKS})+`;
const APOSTROPHE_OR_POINT = "['.\\u2018\\u2019\\u2024\\ufe52\\uff07\\uff0e]";
const BETWEEN_LETTERS = `(?:${APOSTROPHE_OR_POINT}|[\\u00b7\\u0387\\u055f\\u05f4\\u2027])`;
const BETWEEN_DIGITS =
  `(?:${APOSTROPHE_OR_POINT}|` +
  "[,;\\u037e\\u0589\\u060c\\u060d\\u066c\\u07f8\\u2044\\ufe10\\ufe14\\ufe50\\ufe54\\uff0c\\uff1b])";
const JOINED = `(?:${LETTERS}(?:${BETWEEN_LETTERS}${LETTERS})*|${DIGITS}(?:${BETWEEN_DIGITS}${DIGITS})*)`;
const LINES = `(?:\\p{Pc}${MARKS})*`;
/** The word is the group. Lines of no word are matched in one go, as each of them would be looked at from all before it. */
const WORD = new RegExp(
  `(${ALONE}|${KATAKANA}|${LINES}${JOINED}(?:${LINES}${JOINED})*${LINES})|(?:\\p{Pc}${MARKS})+`,
  "gu",
);

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
    segmenter = new Intl.Segmenter(language, { granularity: "grapheme" });
    segmenters.set(language, segmenter);
  }
  return segmenter;
}

/** A segmenter takes as long as its text's length squared, so it gets this much at a time. */
const WINDOW = 256;

/** How long each sign is. What a window ends with may go on behind it, so the next window begins there. */
function* signLengths(text: string, language: string): Generator<number> {
  let [at, size] = [0, WINDOW];
  while (at < text.length) {
    const end = isWithinPair(text, at + size) ? at + size + 1 : at + size;
    const lengths = Array.from(
      segmenterFor(language).segment(text.slice(at, end)),
      ({ segment }) => segment.length,
    );
    if (end < text.length) lengths.pop();
    size = lengths.length === 0 ? 2 * size : WINDOW;
    for (const length of lengths) {
      yield length;
      at += length;
    }
  }
}

function isWithinPair(text: string, at: number): boolean {
  return (
    at < text.length &&
    /^[\udc00-\udfff]/.test(text.charAt(at)) &&
    /[\ud800-\udbff]/.test(text.charAt(at - 1))
  );
}

interface Piece {
  readonly length: number;
  readonly isWord: boolean;
}

/** What stands between two spaces, cut: how long each piece is, and whether it is a word. */
type Cut = readonly Piece[];

/**
 * At every key the whole caption is cut again, and nearly all of it is as it was. No word reaches over white space, so what
 * stands between two spaces is cut once.
 */
const remembered = new Map<string, Cut>();
const REMEMBERED = 20_000;

function cut(text: string, language: string): Cut {
  const key = `${language} ${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const pieces: Piece[] = [];
  let at = 0;
  /** Punctuation, emoji and the like, sign by sign. */
  const passTo = (end: number): void => {
    for (const length of signLengths(text.slice(at, end), language)) pieces.push({ length, isWord: false });
    at = end;
  };
  for (const { 1: word, index } of text.matchAll(WORD)) {
    if (word === undefined) continue;
    passTo(index);
    pieces.push({ length: word.length, isWord: true });
    at += word.length;
  }
  passTo(text.length);
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
