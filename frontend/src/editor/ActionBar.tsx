/** Submit, skip, flag; how long the caption is. */
import { useDeferredValue, useMemo } from "react";

import { Keys } from "../keys/Keys";
import { t } from "../i18n/translate";
import { useStore } from "../ui/store";

import type { Bench } from "./bench";
import { StatusLine } from "./StatusLine";
import { TokenCounter } from "./TokenCounter";
import { countWords } from "./words";

interface Props {
  readonly bench: Bench;
  readonly limit: number;
  readonly slug: string;
  readonly onSubmit: () => void;
  readonly onUndo: () => void;
  readonly onSkip: () => void;
  readonly onFlag: () => void;
  readonly onKept: () => void;
}

export function ActionBar({ bench, limit, slug, onSubmit, onUndo, onSkip, onFlag, onKept }: Props) {
  const text = useDeferredValue(useStore(bench.state, (state) => state.text));
  const flagged = useStore(bench.state, (state) => state.current?.flagged === true);
  const blocked = useStore(bench.state, (state) => state.text.trim() === "" || state.save === "conflict");
  const words = useMemo(() => countWords(text, bench.language), [text, bench.language]);
  const canUndo = useStore(bench.state, (state) => state.lastSubmission !== null);
  const near = text.length > limit * 0.9;
  return (
    <footer className="action-bar">
      <div className="state">
        <StatusLine bench={bench} onKept={onKept} />
        <span className={near ? "counter near" : "counter"}>
          {t("editor.words", { count: words })}
          {near && ` · ${t("editor.characters", { count: text.length, limit })}`}
        </span>
        <TokenCounter bench={bench} slug={slug} />
      </div>
      <div className="actions">
        {canUndo && (
          <button type="button" className="quiet" onClick={onUndo}>
            {t("undo.button")} <Keys command="undo" />
          </button>
        )}
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
