/** Making one text of two: each stretch where they differ is taken from the one or from the other. */
import type { Difference, Piece } from "./difference";

/** Which hunks are taken from `after`; the others stay as they are in `before`. */
export type Taken = ReadonlySet<number>;

export const toggle = (taken: Taken, hunk: number): Taken =>
  taken.has(hunk) ? new Set([...taken].filter((each) => each !== hunk)) : new Set([...taken, hunk]);

/** The text that the choices make. */
export function mergedText({ pieces }: Difference, taken: Taken): string {
  return pieces
    .filter((piece) => isTaken(piece, taken))
    .map(({ text }) => text)
    .join("");
}

export function isTaken({ kind, hunk }: Piece, taken: Taken): boolean {
  if (kind === "same" || hunk === null) return true;
  return taken.has(hunk) === (kind === "added");
}
