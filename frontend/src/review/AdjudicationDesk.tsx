/** The picture, the captions that several people wrote of it, and the choice: one of them with one key, or one made of them. */
import "../ui/styles/desk.css";
import "./review.css";

import { useState } from "react";

import { adjudicate, type Choice, type Undecided, UNDECIDED_PAGE } from "../api/adjudication";
import { useWaiting } from "../api/review";
import { within } from "../keys/command";
import { createStageControl } from "../stage/control";
import { Stage } from "../stage/Stage";
import { useDesk } from "../stage/useDesk";

import { CandidatesPane } from "./CandidatesPane";
import { type AtCandidates, CHOICES } from "./commands";
import { EmptyQueue } from "./EmptyQueue";
import { Merge } from "./Merge";
import type { Panel } from "./panel";
import { useQueue } from "./useQueue";

interface Props {
  readonly round: number;
  readonly slug: string;
  readonly fetched: readonly Undecided[];
  readonly language: string;
  readonly limit: number;
  readonly isLookingAgain: boolean;
  readonly panel: Panel | null;
  readonly onPanel: (panel: Panel | null) => void;
  readonly onLookAgain: () => void;
}

const imageOf = ({ image }: Undecided): number => image.id;

export function AdjudicationDesk(props: Props) {
  const { round, slug, fetched, language, limit, isLookingAgain, panel, onPanel, onLookAgain } = props;
  const waiting = useWaiting(round).data?.adjudication;
  const queue = {
    fetched,
    keyOf: imageOf,
    waiting,
    page: UNDECIDED_PAGE,
    isLooking: isLookingAgain,
    onLookAgain,
  };
  const { current, count, decided, settle } = useQueue(queue);
  const [stage] = useState(createStageControl);
  const close = (): void => onPanel(null);

  const decide = (undecided: Undecided, choice: Choice, comment = "", forget?: () => void): void => {
    onPanel(null);
    settle(undecided, adjudicate(round, undecided, choice, comment), forget);
  };

  const at: AtCandidates = { undecided: current, panel, onPanel, onDecide: decide };
  const over = useDesk({
    slug,
    stage,
    panel,
    onPanel,
    hasPicture: current !== undefined,
    commands: within(at, CHOICES),
  });

  return (
    <main className="workbench">
      {current === undefined ? (
        <EmptyQueue decided={decided} isLooking={isLookingAgain} onLookAgain={onLookAgain} />
      ) : (
        <>
          <Stage image={current.image} alt={current.captions[0]?.text ?? ""} control={stage} />
          {panel === "merge" ? (
            <Merge
              key={current.image.id}
              undecided={current}
              round={round}
              language={language}
              limit={limit}
              onGive={(text, comment, forget) => decide(current, { text }, comment, forget)}
              onClose={close}
            />
          ) : (
            <CandidatesPane at={at} undecided={current} language={language} left={count} decided={decided} />
          )}
        </>
      )}
      {over}
    </main>
  );
}
