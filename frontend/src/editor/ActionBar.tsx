/** Submit, skip, flag; how long the caption is. */
import { useDeferredValue, useMemo } from "react";

import { CommandButton } from "../keys/CommandButton";
import { t } from "../i18n/translate";
import { useStore } from "../ui/store";

import { takeStart } from "./actions";
import { type AtWork, flag, skip, submit, undo } from "./commands";
import { charactersOf, charactersOver } from "../ui/length";
import { showWhatIsOver } from "./focus";
import { OwnProgress } from "./OwnProgress";
import { StatusLine } from "./StatusLine";
import { TokenCounter } from "./TokenCounter";
import { countWords } from "../text/words";

interface Props {
  readonly at: AtWork;
  readonly slug: string;
  readonly onKept: () => void;
}

export function ActionBar({ at, slug, onKept }: Props) {
  const { bench, round } = at;
  const limit = at.project.caption_limit;
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
        <CommandButton command={undo} context={at} look="quiet" />
        <CommandButton command={flag} context={at}>
          {flagged ? t("flag.done") : null}
        </CommandButton>
        <CommandButton command={skip} context={at} />
        <CommandButton command={submit} context={at} look="primary" disabled={blocked} />
      </div>
    </footer>
  );
}
