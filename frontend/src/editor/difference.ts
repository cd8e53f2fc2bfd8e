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
 * What turns `before` into `after`. The pieces that are not removed make up `after` exactly. White space alone makes no
 * difference.
 */
export function differenceOf(before: string, after: string, language = "en"): Difference {
  const old = tokenize(before, language);
  const now = tokenize(after, language);
  const pieces: Piece[] = [];
  const hunks: Hunk[] = [];
  let o = 0;
  let n = 0;

  const pass = (removed: number, added: number): void => {
    if (removed === 0 && added === 0) return;
    const hunk: Hunk = { before: span(old, o, removed, before), after: span(now, n, added, after) };
    const index = hunks.push(hunk) - 1;
    if (removed > 0)
      pieces.push({ kind: "removed", text: before.slice(...withSpace(hunk.before)), hunk: index });
    if (added > 0) pieces.push({ kind: "added", text: after.slice(...hunk.after), hunk: index });
    o += removed;
    n += added;
  };
  /** The space before what was taken out went with it, where the word before it is now the text's last: "a cat| asleep". */
  const withSpace = ([start, end]: Hunk["before"]): [number, number] => {
    const last = pieces.at(-1)?.text ?? " ";
    return /\s$/u.test(last) ? [start, end] : [before.slice(0, start).trimEnd().length, end];
  };
  const keep = (count: number): void => {
    if (count === 0) return;
    pieces.push({ kind: "same", text: after.slice(...span(now, n, count, after)), hunk: null });
    o += count;
    n += count;
  };

  const [head, tail] = sharedEnds(old, now);
  keep(head);
  for (const step of steps(old.slice(head, old.length - tail), now.slice(head, now.length - tail))) {
    if (step.same) keep(step.removed);
    else pass(step.removed, step.added);
  }
  keep(tail);
  return { pieces, hunks };
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

interface Step {
  same: boolean;
  removed: number;
  added: number;
}

function steps(old: readonly Token[], now: readonly Token[]): Step[] {
  const words = (tokens: readonly Token[]): string[] => tokens.map((token) => token.word);
  // With a limit given there may be no answer, which the package's types leave out.
  const changes: ChangeObject<string[]>[] | undefined = diffArrays(words(old), words(now), {
    maxEditLength: EDIT_LIMIT,
  });
  if (changes === undefined) return [{ same: false, removed: old.length, added: now.length }];
  const merged: Step[] = [];
  for (const { added, removed, value } of changes) {
    const same = !added && !removed;
    const last = merged.at(-1);
    const step = same || last === undefined || last.same ? { same, removed: 0, added: 0 } : last;
    if (step !== last) merged.push(step);
    if (!added) step.removed += value.length;
    if (!removed) step.added += value.length;
  }
  return merged;
}

function sharedEnds(old: readonly Token[], now: readonly Token[]): [head: number, tail: number] {
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head]?.word === now[head]?.word) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail)?.word === now.at(-1 - tail)?.word) tail += 1;
  return [head, tail];
}

/** Where `count` tokens from `first` on lie in their text; of no tokens, the place where they would stand. */
function span(tokens: readonly Token[], first: number, count: number, text: string): [number, number] {
  const start = tokens[first]?.start ?? text.length;
  return [start, count === 0 ? start : (tokens[first + count - 1]?.end ?? text.length)];
}
