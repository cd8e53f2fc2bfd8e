/** Two texts as one, with what was taken out and what was put in. */
import { memo } from "react";

import { differenceOf } from "../editor/difference";

interface Props {
  readonly before: string;
  readonly after: string;
  readonly language?: string;
}

export const Difference = memo(function Difference({ before, after, language = "en" }: Props) {
  return (
    <div className="difference" dir="auto" lang={language}>
      {differenceOf(before, after, language).pieces.map(({ kind, text }, index) => {
        if (kind === "added") return <ins key={index}>{text}</ins>;
        if (kind === "removed") return <del key={index}>{text}</del>;
        return <span key={index}>{text}</span>;
      })}
    </div>
  );
});
