/** The pieces of a difference, in their order: what stayed, what was taken out, what was put in. */
import { Fragment } from "react";

import type { Piece } from "./difference";

interface Props {
  readonly pieces: readonly Piece[];
  /** The hunk that is marked. */
  readonly chosen?: number | null;
}

export function Pieces({ pieces, chosen = null }: Props) {
  return pieces.map((piece, index) => {
    const { kind, hunk, text } = piece;
    if (kind === "same") return <span key={index}>{text}</span>;
    const Tag = kind === "added" ? "ins" : "del";
    return (
      <Fragment key={index}>
        {touches(pieces[index - 1], piece) && " "}
        <Tag data-chosen={chosen === null ? undefined : hunk === chosen}>{seen(text)}</Tag>
      </Fragment>
    );
  });
}

/** What is put in stands behind what it replaces; without a space the two would read as one word: "redblue". */
export function touches(before: Piece | undefined, piece: Piece): boolean {
  return (
    piece.kind === "added" &&
    before?.kind === "removed" &&
    !/\s$/u.test(before.text) &&
    !/^\s/u.test(piece.text)
  );
}

/** A change of white space alone as signs: nobody sees a space that is struck through. */
export function seen(text: string): string {
  if (text.trim() !== "") return text;
  return text.replace(/\n/gu, "↵\n").replace(/[^\S\n]/gu, "␣");
}
