/** The picture, the captions that several people wrote of it, and the choice: one of them with one key, or one made of them. */
import "../editor/workbench.css";

import { useState } from "react";

import { adjudicate, type Choice, type Undecided } from "../api/adjudication";
import { KeyHelp } from "../keys/KeyHelp";
import type { CommandId } from "../keys/table";
import { type Handlers, useKeys } from "../keys/useKeys";
import { createStageControl } from "../stage/control";
import { Stage } from "../stage/Stage";

import { CandidatesPane } from "./CandidatesPane";
import { EmptyQueue } from "./EmptyQueue";
import { MergeDialog } from "./MergeDialog";
import { useQueue } from "./useQueue";

export const PICKS = ["pickFirst", "pickSecond", "pickThird", "pickFourth"] as const satisfies CommandId[];

interface Props {
  readonly round: number;
  readonly fetched: readonly Undecided[];
  readonly language: string;
  readonly limit: number;
  readonly isLookingAgain: boolean;
  readonly helps: boolean;
  readonly onHelp: (helps: boolean) => void;
  readonly onLookAgain: () => void;
}

const imageOf = ({ image }: Undecided): number => image.id;

export function AdjudicationDesk(props: Props) {
  const { round, fetched, language, limit, isLookingAgain, helps, onHelp, onLookAgain } = props;
  const { current, left, decided, settle } = useQueue({ fetched, keyOf: imageOf, onLookAgain });
  const [merges, setMerges] = useState(false);
  const [stage] = useState(createStageControl);

  const decide = (undecided: Undecided, choice: Choice, comment = ""): void => {
    setMerges(false);
    settle(undecided, adjudicate(round, undecided, choice, comment));
  };

  const pick = (at: number): void => {
    const candidate = current?.captions[at];
    if (current !== undefined && candidate !== undefined) decide(current, { chosen: candidate.caption });
  };

  const handlers: Handlers = {
    pickFirst: () => pick(0),
    pickSecond: () => pick(1),
    pickThird: () => pick(2),
    pickFourth: () => pick(3),
    merge: () => current !== undefined && setMerges(true),
    zoomIn: stage.zoomIn,
    zoomOut: stage.zoomOut,
    fit: stage.fit,
    fullSize: stage.fullSize,
    rotate: stage.rotate,
    brighten: stage.brighten,
    help: () => onHelp(true),
  };
  useKeys(handlers);

  if (current === undefined) {
    return <EmptyQueue decided={decided} isLooking={isLookingAgain} onLookAgain={onLookAgain} />;
  }
  return (
    <main className="workbench">
      <Stage image={current.image} alt={current.captions[0]?.text ?? ""} control={stage} />
      <CandidatesPane
        undecided={current}
        language={language}
        left={left.length}
        decided={decided}
        onPick={pick}
        onMerge={() => setMerges(true)}
      />
      {merges && (
        <MergeDialog
          undecided={current}
          language={language}
          limit={limit}
          onGive={(text, comment) => decide(current, { text }, comment)}
          onClose={() => setMerges(false)}
        />
      )}
      {helps && <KeyHelp commands={Object.keys(handlers) as CommandId[]} onClose={() => onHelp(false)} />}
    </main>
  );
}
