/** The reviewer's screen: the stage, the difference from the starting text, and a verdict with one key. */
import "../ui/styles/desk.css";
import "./review.css";

import { useState } from "react";

import {
  type Given,
  QUEUE_PAGE,
  reviewCaption,
  useWaiting,
  type Verdict,
  type WaitingCaption,
} from "../api/review";
import { GuidelinesDrawer } from "../guidelines/GuidelinesDrawer";
import { t } from "../i18n/translate";
import { within } from "../keys/command";
import { STAGE_COMMANDS_BESIDE_R } from "../stage/commands";
import { createStageControl, type StageControl } from "../stage/control";
import { Stage } from "../stage/Stage";
import { useDesk } from "../stage/useDesk";
import { isKept, useKept } from "../ui/kept";
import { showToast } from "../ui/toasts";

import type { Anchor } from "../ui/anchor";
import type { Corrections } from "./answers";
import { type AtCaption, VERDICTS } from "./commands";
import { EmptyQueue } from "./EmptyQueue";
import { Fix, nameOfFix } from "./Fix";
import { nameOfReturn, Return } from "./Return";
import { OwnVerdicts } from "./OwnVerdicts";
import type { Panel } from "./panel";
import { QueueProgress } from "./QueueProgress";
import { useQueue } from "./useQueue";
import { perLevel, WaitingCaptionPane } from "./WaitingCaptionPane";

interface Props {
  readonly round: number;
  readonly slug: string;
  readonly fetched: readonly WaitingCaption[];
  readonly language: string;
  readonly limit: number;
  readonly isLookingAgain: boolean;
  readonly panel: Panel | null;
  readonly onPanel: (panel: Panel | null) => void;
  readonly onLookAgain: () => void;
}

const idOf = ({ id }: WaitingCaption): number => id;

export function ReviewDesk(props: Props) {
  const { round, slug, fetched, language, limit, isLookingAgain, panel, onPanel, onLookAgain } = props;
  const waiting = useWaiting(round).data?.review;
  const queue = { fetched, keyOf: idOf, waiting, page: QUEUE_PAGE, isLooking: isLookingAgain, onLookAgain };
  const { current, left, count, decided, settle } = useQueue(queue);
  /** One that was accepted, and comes up once more. */
  const [again, setAgain] = useState<WaitingCaption | null>(null);
  const [accepted, setAccepted] = useState<WaitingCaption | null>(null);
  const [stage] = useState(createStageControl);
  const shown = again ?? current;

  const decideAgain = (caption: WaitingCaption): void => {
    onPanel(null);
    setAccepted(null);
    const own = { verdict: "accepted", comment: "", created_at: new Date().toISOString() } as const;
    setAgain({ ...caption, own_verdict: caption.own_verdict ?? own });
  };

  const decide = (caption: WaitingCaption, verdict: Verdict, given: Given, forget: () => void): void => {
    onPanel(null);
    setAgain(null);
    setAccepted(verdict === "accepted" ? caption : null);
    settle(caption, reviewCaption(caption, verdict, given), forget);
    if (verdict !== "accepted") return;
    showToast(t("review.accepted"), { label: t("undo.button"), run: () => decideAgain(caption) });
  };

  return (
    <main className="workbench">
      {shown === undefined ? (
        <EmptyQueue decided={decided} isLooking={isLookingAgain} onLookAgain={onLookAgain}>
          <button type="button" onClick={() => onPanel("own-verdicts")}>
            {t("review.ownVerdicts")}
          </button>
        </EmptyQueue>
      ) : (
        <CaptionDesk
          key={shown.id}
          slug={slug}
          waiting={shown}
          language={language}
          limit={limit}
          stage={stage}
          panel={panel}
          onPanel={onPanel}
          onDecide={(verdict, given, forget) => decide(shown, verdict, given, forget)}
          accepted={accepted}
          onAgain={decideAgain}
          onLeave={again === null ? null : () => setAgain(null)}
          progress={
            <QueueProgress left={count} decided={decided} levels={perLevel(left)}>
              <button type="button" className="quiet" onClick={() => onPanel("own-verdicts")}>
                {t("review.ownVerdicts")}
              </button>
            </QueueProgress>
          }
        />
      )}
      {panel === "own-verdicts" && (
        <OwnVerdicts round={round} language={language} onAgain={decideAgain} onClose={() => onPanel(null)} />
      )}
      {shown === undefined && panel === "guidelines" && (
        <GuidelinesDrawer slug={slug} onClose={() => onPanel(null)} />
      )}
    </main>
  );
}

interface CaptionDeskProps {
  readonly slug: string;
  readonly waiting: WaitingCaption;
  readonly language: string;
  readonly limit: number;
  readonly stage: StageControl;
  readonly panel: Panel | null;
  readonly onPanel: (panel: Panel | null) => void;
  readonly onDecide: (verdict: Verdict, given: Given, forget: () => void) => void;
  /** The last one that was accepted. */
  readonly accepted: WaitingCaption | null;
  readonly onAgain: (caption: WaitingCaption) => void;
  /** Back to the queue, from one that came up once more. */
  readonly onLeave: (() => void) | null;
  readonly progress: React.ReactNode;
}

function CaptionDesk(props: CaptionDeskProps) {
  const { slug, waiting, language, limit, stage, panel, onPanel, onDecide, onLeave, progress } = props;
  const { accepted, onAgain } = props;
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  const [corrections, correct, forgetCorrections] = useKept<Corrections>(`answers.${waiting.id}`, {});
  const at: AtCaption = {
    ...{ waiting, language, corrections, forgetCorrections, panel, onPanel, onDecide },
    ...{ accepted, onAgain, onAnchor: setAnchor },
  };
  const close = (): void => onPanel(null);
  const give = (verdict: Verdict) => (given: Given, forget: () => void) =>
    onDecide(verdict, given, () => {
      forget();
      forgetCorrections();
    });

  const isWriting = panel === "fix" || panel === "return";
  const over = useDesk({
    slug,
    stage,
    panel,
    onPanel,
    hasPicture: true,
    commands: within(at, VERDICTS),
    looking: STAGE_COMMANDS_BESIDE_R,
  });

  return (
    <>
      <Stage image={waiting.image} alt={waiting.text} control={stage} />
      {panel === "return" && (
        <Return
          waiting={waiting}
          language={language}
          selected={anchor}
          onGive={give("returned")}
          onClose={close}
        />
      )}
      {panel === "fix" && (
        <Fix
          waiting={waiting}
          language={language}
          limit={limit}
          corrections={corrections}
          onCorrect={correct}
          onGive={give("fixed")}
          onClose={close}
        />
      )}
      {!isWriting && (
        <WaitingCaptionPane
          at={at}
          onCorrect={correct}
          begun={[isKept(nameOfReturn(waiting)), isKept(nameOfFix(waiting))]}
          onLeave={onLeave}
          progress={progress}
        />
      )}
      {over}
    </>
  );
}
