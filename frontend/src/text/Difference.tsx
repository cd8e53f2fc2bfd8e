/** Two texts as one, with what was taken out and what was put in. */
import { memo } from "react";

import { differenceOf } from "./difference";

import { Pieces } from "./Pieces";

interface Props {
  readonly before: string;
  readonly after: string;
  readonly language?: string;
}

export const Difference = memo(function Difference({ before, after, language = "en" }: Props) {
  return (
    <div className="difference" dir="auto" lang={language}>
      <Pieces pieces={differenceOf(before, after, language).pieces} />
    </div>
  );
});
