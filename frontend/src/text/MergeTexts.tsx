/**
 * Two texts to make one of, word by word: each place where they differ is a switch between the two, by a click or by Enter.
 */
import { Fragment, useMemo } from "react";

import { differenceOf, type Piece } from "./difference";
import { isTaken, mergedText, type Taken, toggle } from "./merge";
import { t } from "../i18n/translate";

import { seen, touches } from "./Pieces";

interface Props {
  readonly before: string;
  readonly after: string;
  readonly language: string;
  readonly taken: Taken;
  readonly onChange: (taken: Taken, text: string) => void;
}

export function MergeTexts({ before, after, language, taken, onChange }: Props) {
  const difference = useMemo(() => differenceOf(before, after, language), [before, after, language]);
  const change = (next: Taken): void => onChange(next, mergedText(difference, next));
  const { pieces, hunks } = difference;
  return (
    <div className="merge">
      <div className="difference" dir="auto" lang={language}>
        {pieces.map((piece, index) => {
          if (piece.hunk === null) return <span key={index}>{piece.text}</span>;
          // A hunk is one switch, drawn where its first piece stands.
          if (pieces[index - 1]?.hunk === piece.hunk) return null;
          const { hunk } = piece;
          const sides = pieces.filter((each) => each.hunk === hunk);
          return (
            <HunkSwitch
              key={index}
              sides={sides}
              taken={taken}
              onToggle={() => change(toggle(taken, hunk))}
            />
          );
        })}
      </div>
      {hunks.length > 1 && (
        <div className="row small">
          <button type="button" className="quiet" onClick={() => change(new Set())}>
            {t("merge.allMine")}
          </button>
          <button type="button" className="quiet" onClick={() => change(new Set(hunks.keys()))}>
            {t("merge.allOther")}
          </button>
        </div>
      )}
    </div>
  );
}

interface HunkSwitchProps {
  readonly sides: readonly Piece[];
  readonly taken: Taken;
  readonly onToggle: () => void;
}

function HunkSwitch({ sides, taken, onToggle }: HunkSwitchProps) {
  const wordsOf = (wanted: boolean): string =>
    sides
      .filter((side) => isTaken(side, taken) === wanted)
      .map(({ text }) => (text.trim() === "" ? seen(text) : text.trim()))
      .join("") || t("merge.nothing");
  return (
    <button
      type="button"
      className="hunk"
      title={t("merge.switch", { now: wordsOf(true), other: wordsOf(false) })}
      onClick={onToggle}
    >
      {sides.map((side, index) => {
        const Tag = isTaken(side, taken) ? "ins" : "del";
        return (
          <Fragment key={side.kind}>
            {touches(sides[index - 1], side) && " "}
            <Tag>{seen(side.text)}</Tag>
          </Fragment>
        );
      })}
    </button>
  );
}
