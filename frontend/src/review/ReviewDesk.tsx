/** The reviewer's screen: the stage, the difference from the starting text, and a verdict with one key. */
import "../editor/workbench.css";

import { useEffect, useState } from "react";

import { reviewCaption, type Verdict, type WaitingCaption } from "../api/review";
import { KeyHelp } from "../keys/KeyHelp";
import type { CommandId } from "../keys/table";
import { type Handlers, useKeys } from "../keys/useKeys";
import { createStageControl } from "../stage/control";
import { preload } from "../stage/preload";
import { Stage } from "../stage/Stage";
import { showToast } from "../ui/toasts";
import { messageOf } from "../ui/Trouble";

import { type Anchor, selectedAnchor } from "./anchor";
import { EmptyQueue } from "./EmptyQueue";
import { WaitingCaptionPane } from "./WaitingCaptionPane";
import { FixDialog } from "./FixDialog";
import { ReturnDialog } from "./ReturnDialog";

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

export function ReviewDesk({ fetched, language, limit, isLookingAgain, helps, onHelp, onLookAgain }: Props) {
  const [decided, setDecided] = useState<ReadonlySet<number>>(new Set());
  const [panel, setPanel] = useState<"return" | "fix" | null>(null);
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  const [stage] = useState(createStageControl);
  const queue = fetched.filter(({ id }) => !decided.has(id));
  const [waiting, next] = queue;

  useEffect(() => {
    if (next !== undefined) preload(next.image.url);
  }, [next]);

  /** The next caption comes at once; when the verdict does not get through, this one comes back. */
  const decide = (caption: WaitingCaption, verdict: Verdict, given: Given = {}): void => {
    const { comment = "", text = null, anchor: words = null } = given;
    setPanel(null);
    setDecided((old) => new Set(old).add(caption.id));
    reviewCaption(caption, verdict, comment, text, words).catch((error: unknown) => {
      setDecided((old) => new Set([...old].filter((id) => id !== caption.id)));
      showToast(messageOf(error));
      onLookAgain();
    });
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
    return <EmptyQueue decided={decided.size} isLooking={isLookingAgain} onLookAgain={onLookAgain} />;
  }
  return (
    <main className="workbench">
      <Stage image={waiting.image} alt={waiting.text} control={stage} />
      <WaitingCaptionPane
        waiting={waiting}
        language={language}
        left={queue.length}
        decided={decided.size}
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
