/** Under the field: what was taken out of and put into the base, live, or where each word comes from. */
import { memo, useDeferredValue, useEffect, useMemo, useRef } from "react";

import type { Task } from "../api/tasks";
import { CommandButton } from "../keys/CommandButton";
import { t } from "../i18n/translate";
import { Pieces } from "../text/Pieces";
import { useStore } from "../ui/store";

import { compareWith } from "./actions";
import type { Bench } from "./bench";
import { nextHunk, provenance, takeHunk } from "./commands";
import { changedWords, type Difference, differenceOf } from "../text/difference";
import { useFollowedCaret } from "./followed_caret";
import { originsOf } from "./provenance";
import { baseText, basesOf } from "./sources";

export function DifferencePane({ bench }: { readonly bench: Bench }) {
  const task = useStore(bench.state, (state) => state.current);
  const text = useDeferredValue(useStore(bench.state, (state) => state.text));
  const base = useStore(bench.state, (state) => state.base);
  const hunk = useStore(bench.state, (state) => state.hunk);
  const showsProvenance = useStore(bench.state, (state) => state.showsProvenance);
  const { language } = bench;
  const before = task === null ? "" : baseText(task, base);
  const difference = useMemo(() => differenceOf(before, text, language), [before, text, language]);
  const changed = useMemo(() => changedWords(difference, language), [difference, language]);
  if (task === null) return null;
  return (
    <section className="difference-pane" aria-label={t("difference.title")}>
      <header>
        <h2>
          {showsProvenance ? t("provenance.title") : t("difference.titleWithCount", { count: changed })}
        </h2>
        {!showsProvenance && basesOf(task).length > 1 && (
          <select
            aria-label={t("difference.base")}
            value={base}
            onChange={({ target }) => {
              const chosen = basesOf(task).find((each) => each === target.value);
              if (chosen !== undefined) bench.edit(compareWith(chosen));
            }}
          >
            {basesOf(task).map((each) => (
              <option key={each} value={each}>
                {t(`base.${each}`)}
              </option>
            ))}
          </select>
        )}
        <span className="tools">
          {!showsProvenance && difference.hunks.length > 0 && (
            <CommandButton command={hunk === null ? nextHunk : takeHunk} context={{ bench }} look="quiet" />
          )}
          <CommandButton command={provenance} context={{ bench }} look="quiet" pressed={showsProvenance} />
        </span>
      </header>
      {showsProvenance ? (
        <Provenance task={task} text={text} language={language} />
      ) : (
        <Hunks difference={difference} chosen={hunk} language={language} text={text} />
      )}
    </section>
  );
}

interface HunksProps {
  readonly difference: Difference;
  readonly chosen: number | null;
  readonly language: string;
  readonly text: string;
}

const Hunks = memo(function Hunks({ difference, chosen, language, text }: HunksProps) {
  const pane = useRef<HTMLDivElement>(null);
  useFollowedCaret(pane, difference, text);
  useEffect(() => {
    pane.current?.querySelector("[data-chosen=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    // It may be long: then it is scrolled, with the keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="difference" dir="auto" lang={language} ref={pane} tabIndex={0}>
      <Pieces pieces={difference.pieces} chosen={chosen} />
    </div>
  );
});

interface ProvenanceProps {
  readonly task: Task;
  readonly text: string;
  readonly language: string;
}

function Provenance({ task, text, language }: ProvenanceProps) {
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="difference" dir="auto" lang={language} tabIndex={0}>
        {originsOf(task, text, language).map(({ text: words, origin }, index) => (
          <span key={index} className={`origin ${origin}`} title={t(`origin.${origin}`)}>
            {words}
          </span>
        ))}
      </div>
      <p className="legend small">
        {(["alt_text", "previous_caption", "draft", "mine"] as const).map((origin) => (
          <span key={origin} className={`origin ${origin}`}>
            {t(`origin.${origin}`)}
          </span>
        ))}
      </p>
    </>
  );
}
