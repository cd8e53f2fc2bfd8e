/** The pieces of a difference, in their order: what stayed, what was taken out, what was put in. */
import { Fragment } from "react";

import type { Piece } from "../editor/difference";

interface Props {
  readonly pieces: readonly Piece[];
  /** The hunk that is marked. */
  readonly chosen?: number | null;
}

export function Pieces({ pieces, chosen = null }: Props) {
  return pieces.map(({ kind, text, hunk }, index) => {
    if (kind === "same") return <span key={index}>{text}</span>;
    const Tag = kind === "added" ? "ins" : "del";
    return (
      <Fragment key={index}>
        {kind === "added" && touches(pieces[index - 1]) && " "}
        <Tag data-chosen={chosen === null ? undefined : hunk === chosen}>{text}</Tag>
      </Fragment>
    );
  });
}

/** The last word of a text has no space after it; without one the word in its place would stick to it: "redblue". */
function touches(before: Piece | undefined): boolean {
  return before?.kind === "removed" && !/\s$/u.test(before.text);
}
