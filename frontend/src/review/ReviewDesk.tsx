/** The reviewer's screen: the stage, the difference from the starting text, and a verdict with one key. */
import "../editor/workbench.css";

import { useState } from "react";

import { reviewCaption, type Verdict, type WaitingCaption } from "../api/review";
import { KeyHelp } from "../keys/KeyHelp";
import type { CommandId } from "../keys/table";
import { type Handlers, useKeys } from "../keys/useKeys";
import { createStageControl } from "../stage/control";
import { Stage } from "../stage/Stage";

import { type Anchor, selectedAnchor } from "./anchor";
import { EmptyQueue } from "./EmptyQueue";
import { WaitingCaptionPane } from "./WaitingCaptionPane";
import { FixDialog } from "./FixDialog";
import { ReturnDialog } from "./ReturnDialog";
import { useQueue } from "./useQueue";

interface Given {
  readonly comment?: string;
  readonly text?: string | null;
  readonly anchor?: Anchor | null;
}

interface Props {
  readonly fetched: readonly WaitingCaption[];
  readonly language: string;
  readonly limit: number;
  readonly isLookingAgain: boolean;
  readonly helps: boolean;
  readonly onHelp: (helps: boolean) => void;
  readonly onLookAgain: () => void;
}

const idOf = ({ id }: WaitingCaption): number => id;

export function ReviewDesk({ fetched, language, limit, isLookingAgain, helps, onHelp, onLookAgain }: Props) {
  const { current: waiting, left, decided, settle } = useQueue({ fetched, keyOf: idOf, onLookAgain });
  const [panel, setPanel] = useState<"return" | "fix" | null>(null);
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  const [stage] = useState(createStageControl);

  const decide = (caption: WaitingCaption, verdict: Verdict, given: Given = {}): void => {
    const { comment = "", text = null, anchor: words = null } = given;
    setPanel(null);
    settle(caption, reviewCaption(caption, verdict, comment, text, words));
  };

  const open = (name: NonNullable<typeof panel>) => () => {
    if (waiting !== undefined) setPanel(name);
  };
  const openReturn = (): void => {
    setAnchor(selectedAnchor());
    open("return")();
  };

  const handlers: Handlers = {
    accept: () => waiting !== undefined && decide(waiting, "accepted"),
    returnIt: openReturn,
    fix: open("fix"),
    zoomIn: stage.zoomIn,
    zoomOut: stage.zoomOut,
    fit: stage.fit,
    fullSize: stage.fullSize,
    brighten: stage.brighten,
    help: () => onHelp(true),
  };
  useKeys(handlers);

  if (waiting === undefined) {
    return <EmptyQueue decided={decided} isLooking={isLookingAgain} onLookAgain={onLookAgain} />;
  }
  return (
    <main className="workbench">
      <Stage image={waiting.image} alt={waiting.text} control={stage} />
      <WaitingCaptionPane
        waiting={waiting}
        language={language}
        left={left}
        decided={decided}
        onAccept={() => decide(waiting, "accepted")}
        onReturn={openReturn}
        onFix={open("fix")}
      />
      {panel === "return" && (
        <ReturnDialog
          quote={anchor === null ? null : waiting.text.slice(...anchor)}
          onGive={(comment) => decide(waiting, "returned", { comment, anchor })}
          onClose={() => setPanel(null)}
        />
      )}
      {panel === "fix" && (
        <FixDialog
          waiting={waiting}
          language={language}
          limit={limit}
          onGive={(text, comment) => decide(waiting, "fixed", { comment, text })}
          onClose={() => setPanel(null)}
        />
      )}
      {helps && <KeyHelp commands={Object.keys(handlers) as CommandId[]} onClose={() => onHelp(false)} />}
    </main>
  );
}
