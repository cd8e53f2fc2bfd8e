/** Submit, skip, flag; how long the caption is. */
import { useDeferredValue, useMemo } from "react";

import { Keys } from "../keys/Keys";
import { t } from "../i18n/translate";
import { useStore } from "../ui/store";

import { takeStart } from "./actions";
import type { Bench } from "./bench";
import { charactersOf, charactersOver } from "../ui/length";
import { OwnProgress } from "./OwnProgress";
import { StatusLine } from "./StatusLine";
import { showWhatIsOver } from "./TextField";
import { TokenCounter } from "./TokenCounter";
import { countWords } from "../text/words";

interface Props {
  readonly bench: Bench;
  readonly limit: number;
  readonly slug: string;
  readonly round: number;
  readonly onSubmit: () => void;
  readonly onUndo: () => void;
  readonly onSkip: () => void;
  readonly onFlag: () => void;
  readonly onKept: () => void;
}

export function ActionBar({ bench, limit, slug, round, onSubmit, onUndo, onSkip, onFlag, onKept }: Props) {
  const text = useDeferredValue(useStore(bench.state, (state) => state.text));
  const flagged = useStore(bench.state, (state) => state.current?.flagged === true);
  const blocked = useStore(
    bench.state,
    ({ text: typed, save, lost, supply }) =>
      typed.trim() === "" || save === "conflict" || lost !== null || supply === "round-closed",
  );
  const words = useMemo(() => countWords(text, bench.language), [text, bench.language]);
  const isStart = useStore(bench.state, (state) => state.text === state.current?.starting_text);
  const characters = charactersOf(text);
  const over = charactersOver(text, limit);
  const near = characters > limit * 0.9;
  return (
    <footer className="action-bar">
      <div className="state">
        <StatusLine bench={bench} onKept={onKept} />
        <span className={near ? "counter near" : "counter"}>
          {t("editor.words", { count: words })}
          {near && ` · ${t("editor.characters", { count: characters, limit })}`}
        </span>
        {over > 0 && (
          <button type="button" className="link" onClick={() => showWhatIsOver(limit)}>
            {t("editor.over", { count: over })}
          </button>
        )}
        <TokenCounter bench={bench} slug={slug} />
        <OwnProgress bench={bench} round={round} />
        {!isStart && (
          <button type="button" className="quiet" onClick={() => bench.edit(takeStart)}>
            {t("editor.toStart")}
          </button>
        )}
      </div>
      <div className="actions">
        <button type="button" className="quiet" onClick={onUndo}>
          {t("undo.previous")} <Keys command="undo" />
        </button>
        <button type="button" onClick={onFlag}>
          {flagged ? t("flag.done") : t("flag.button")} <Keys command="flag" />
        </button>
        <button type="button" onClick={onSkip}>
          {t("skip.button")} <Keys command="skip" />
        </button>
        <button type="button" className="primary" disabled={blocked} onClick={onSubmit}>
          {t("submit.button")} <Keys command="submit" />
        </button>
      </div>
    </footer>
  );
}
