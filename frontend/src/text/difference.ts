/** The difference between two texts, word by word, and taking parts of one into the other. */
import { type ChangeObject, diffArrays } from "diff";

import { type Token, tokenize } from "./words";

/** A stretch where the texts differ, as [start, end) in each of them. One of the two may be empty. */
export interface Hunk {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
}

/** A stretch of words with one fate. `hunk` is the index of the hunk that it belongs to. */
export interface Piece {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
  readonly hunk: number | null;
}

export interface Difference {
  readonly pieces: readonly Piece[];
  readonly hunks: readonly Hunk[];
}

/** Beyond so many changed words finding the shortest difference costs more than it tells: the rest is one hunk. */
const EDIT_LIMIT = 1500;

/**
 * What turns `before` into `after`. The pieces that are not removed make up `after` exactly, those that are not added make up
 * `before` exactly. White space and punctuation belong to the hunk that they came with, so whichever hunks are taken from
 * whichever text, no two words stick together and no space is doubled.
 */
export function differenceOf(before: string, after: string, language = "en"): Difference {
  const hunks = separable(changesOf(before, after, language), before, after, language);
  const pieces: Piece[] = [];
  let at = 0;
  const push = (kind: Piece["kind"], text: string, hunk: number | null): void => {
    if (text !== "") pieces.push({ kind, text, hunk });
  };
  for (const [index, hunk] of hunks.entries()) {
    push("same", after.slice(at, hunk.after[0]), null);
    push("removed", before.slice(...hunk.before), index);
    push("added", after.slice(...hunk.after), index);
    at = hunk.after[1];
  }
  push("same", after.slice(at), null);
  return { pieces, hunks };
}

/** What lies between two words that both texts have is one change, if it is not the same in both. */
function changesOf(before: string, after: string, language: string): Hunk[] {
  const old = tokenize(before, language);
  const now = tokenize(after, language);
  const hunks: Hunk[] = [];
  let [o, n] = [0, 0];
  const pass = (oldEnd: number, nowEnd: number): void => {
    if (before.slice(o, oldEnd) === after.slice(n, nowEnd)) return;
    hunks.push(withoutSharedSpace({ before: [o, oldEnd], after: [n, nowEnd] }, before, after));
  };
  for (const [oldIndex, nowIndex] of sharedWords(old, now)) {
    const [oldStart, nowStart] = [wordStart(old, oldIndex, before), wordStart(now, nowIndex, after)];
    pass(oldStart, nowStart);
    const { length } = old[oldIndex]?.word ?? "";
    [o, n] = [oldStart + length, nowStart + length];
  }
  pass(before.length, after.length);
  return hunks;
}

/** The first token has the white space before its word too. */
function wordStart(tokens: readonly Token[], index: number, text: string): number {
  const token = tokens[index];
  if (token === undefined) return text.length;
  return index === 0 ? text.indexOf(token.word, token.start) : token.start;
}

/** White space that both sides of a change begin or end with is no part of it. */
function withoutSharedSpace(
  { before: [o, oldEnd], after: [n, nowEnd] }: Hunk,
  before: string,
  after: string,
): Hunk {
  const isSharedSpace = (oldAt: number, nowAt: number): boolean =>
    before[oldAt] === after[nowAt] && /^\s$/u.test(before[oldAt] ?? "");
  while (o < oldEnd && n < nowEnd && isSharedSpace(o, n)) {
    o += 1;
    n += 1;
  }
  while (o < oldEnd && n < nowEnd && isSharedSpace(oldEnd - 1, nowEnd - 1)) {
    oldEnd -= 1;
    nowEnd -= 1;
  }
  return { before: [o, oldEnd], after: [n, nowEnd] };
}

/** No word reaches over these. */
const BORDER = /[\s。、！？「」『』（）]/u;
/** So many changes without a border between them are tried out in every combination; of more, the nearest are joined. */
const MOST_TRIED = 6;

/**
 * Changes with no white space between them may make words that neither text has when only some are taken ("3.7" of "3. 5"
 * and "x.7"; scripts without spaces are cut by what stands around a word). Such changes are one hunk.
 */
function separable(changes: readonly Hunk[], before: string, after: string, language: string): Hunk[] {
  const groups: Hunk[][] = [];
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1);
    if (last === undefined || BORDER.test(after.slice(last.after[1], change.after[0]))) groups.push([change]);
    else groups.at(-1)?.push(change);
  }
  if (groups.length === changes.length) return [...changes];
  const known = new Set([before, after].flatMap((text) => tokenize(text, language).map(({ word }) => word)));
  return groups.flatMap((group) => {
    let hunks = group;
    while (hunks.length > 1 && !canBeTakenApart(hunks, before, after, language, known)) {
      hunks = nearestJoined(hunks);
    }
    return hunks;
  });
}

function canBeTakenApart(
  hunks: readonly Hunk[],
  before: string,
  after: string,
  language: string,
  known: ReadonlySet<string>,
): boolean {
  if (hunks.length > MOST_TRIED) return false;
  const [from, to] = [hunks[0]?.after[0] ?? 0, hunks.at(-1)?.after[1] ?? 0];
  const head = /[^\s。、！？「」『』（）]*$/u.exec(after.slice(0, from))?.[0] ?? "";
  const tail = /^[^\s。、！？「」『』（）]*/u.exec(after.slice(to))?.[0] ?? "";
  for (let chosen = 1; chosen < 2 ** hunks.length - 1; chosen += 1) {
    let [text, at] = [head, from];
    for (const [index, hunk] of hunks.entries()) {
      const isOld = Math.floor(chosen / 2 ** index) % 2 === 1;
      text += after.slice(at, hunk.after[0]);
      text += isOld ? before.slice(...hunk.before) : after.slice(...hunk.after);
      at = hunk.after[1];
    }
    if (!tokenize(text + tail, language).every(({ word }) => known.has(word))) return false;
  }
  return true;
}

/** The two hunks with the least between them become one. */
function nearestJoined(hunks: readonly Hunk[]): Hunk[] {
  const between = hunks.slice(1).map(({ after: [start] }, index) => start - (hunks[index]?.after[1] ?? 0));
  const nearest = between.indexOf(Math.min(...between));
  return hunks.flatMap((hunk, index) => {
    const next = hunks[index + 1];
    if (index === nearest + 1) return [];
    if (index !== nearest || next === undefined) return [hunk];
    return [{ before: [hunk.before[0], next.before[1]], after: [hunk.after[0], next.after[1]] }];
  });
}

/** `after` with one hunk as it is in `before`. */
export function takeHunk(before: string, after: string, hunk: Hunk): string {
  return after.slice(0, hunk.after[0]) + before.slice(...hunk.before) + after.slice(hunk.after[1]);
}

/** How many words differ, counting a replaced word once. */
export function changedWords(difference: Difference, language = "en"): number {
  const perHunk = new Map<number | null, { added: number; removed: number }>();
  for (const piece of difference.pieces) {
    if (piece.kind === "same") continue;
    const counts = perHunk.get(piece.hunk) ?? { added: 0, removed: 0 };
    counts[piece.kind] += tokenize(piece.text, language).filter((token) => token.isWord).length;
    perHunk.set(piece.hunk, counts);
  }
  return [...perHunk.values()].reduce((sum, { added, removed }) => sum + Math.max(added, removed), 0);
}

/** The words that both texts have, in order: the index of each in `old` and in `now`. */
function* sharedWords(old: readonly Token[], now: readonly Token[]): Generator<[number, number]> {
  const [head, tail] = sharedEnds(old, now);
  for (let i = 0; i < head; i += 1) yield [i, i];
  let [o, n] = [head, head];
  // With a limit given there may be no answer, which the package's types leave out.
  const changes: ChangeObject<string[]>[] | undefined = diffArrays(
    wordsOf(old.slice(head, old.length - tail)),
    wordsOf(now.slice(head, now.length - tail)),
    { maxEditLength: EDIT_LIMIT },
  );
  for (const { added, removed, value } of changes ?? []) {
    if (!added && !removed) for (let i = 0; i < value.length; i += 1) yield [o + i, n + i];
    if (!added) o += value.length;
    if (!removed) n += value.length;
  }
  for (let i = tail; i > 0; i -= 1) yield [old.length - i, now.length - i];
}

const wordsOf = (tokens: readonly Token[]): string[] => tokens.map(({ word }) => word);

function sharedEnds(old: readonly Token[], now: readonly Token[]): [head: number, tail: number] {
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head]?.word === now[head]?.word) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail)?.word === now.at(-1 - tail)?.word) tail += 1;
  return [head, tail];
}
