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

import { EmptyQueue } from "./EmptyQueue";
import { WaitingCaptionPane } from "./WaitingCaptionPane";
import { FixDialog } from "./FixDialog";
import { ReturnDialog } from "./ReturnDialog";

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
  const [stage] = useState(createStageControl);
  const queue = fetched.filter(({ id }) => !decided.has(id));
  const [waiting, next] = queue;

  useEffect(() => {
    if (next !== undefined) preload(next.image.url);
  }, [next]);

  /** The next caption comes at once; when the verdict does not get through, this one comes back. */
  const decide = (
    caption: WaitingCaption,
    verdict: Verdict,
    comment = "",
    text: string | null = null,
  ): void => {
    setPanel(null);
    setDecided((old) => new Set(old).add(caption.id));
    reviewCaption(caption, verdict, comment, text).catch((error: unknown) => {
      setDecided((old) => new Set([...old].filter((id) => id !== caption.id)));
      showToast(messageOf(error));
      onLookAgain();
    });
  };

  const open = (name: NonNullable<typeof panel>) => () => {
    if (waiting !== undefined) setPanel(name);
  };
  const handlers: Handlers = {
    accept: () => waiting !== undefined && decide(waiting, "accepted"),
    returnIt: open("return"),
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
        onReturn={open("return")}
        onFix={open("fix")}
      />
      {panel === "return" && (
        <ReturnDialog
          onGive={(comment) => decide(waiting, "returned", comment)}
          onClose={() => setPanel(null)}
        />
      )}
      {panel === "fix" && (
        <FixDialog
          waiting={waiting}
          language={language}
          limit={limit}
          onGive={(text, comment) => decide(waiting, "fixed", comment, text)}
          onClose={() => setPanel(null)}
        />
      )}
      {helps && <KeyHelp commands={Object.keys(handlers) as CommandId[]} onClose={() => onHelp(false)} />}
    </main>
  );
}
