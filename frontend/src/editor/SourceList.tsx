/** The texts a caption can be made from, each labelled with what it is and taken over with one key. */
import { useState } from "react";

import type { Task } from "../api/tasks";
import { CommandButton } from "../keys/CommandButton";
import { t } from "../i18n/translate";
import { useStore } from "../ui/store";

import { takeText } from "./actions";
import type { Bench } from "./bench";
import { TAKE } from "./commands";
import { DraftText } from "./DraftText";
import { type Source, sourcesOf } from "./sources";

/** An image of the web has dozens of alt-texts: so many are shown before one asks for all. */
const SHOWN = 3;

export function SourceList({ bench }: { readonly bench: Bench }) {
  const task = useStore(bench.state, (state) => state.current);
  if (task === null) return null;
  const sources = sourcesOf(task);
  return (
    <section className="sources" aria-label={t("sources.title")}>
      {sources.length === 0 && <p className="muted">{t("sources.none")}</p>}
      {sources.map((source) => (
        <SourceCard key={`${task.id} ${source.kind}`} bench={bench} task={task} source={source} />
      ))}
    </section>
  );
}

interface SourceCardProps {
  readonly bench: Bench;
  readonly task: Task;
  readonly source: Source;
}

function SourceCard({ bench, task, source }: SourceCardProps) {
  const { kind, text, parts, run } = source;
  const [shown, setShown] = useState(SHOWN);
  const isInEditor = useStore(bench.state, (state) => state.text === text);
  const isStart = kind === task.starting_source;
  return (
    <article>
      <header>
        <h2>
          {t(`source.${kind}`)}
          {run !== null && <span className="muted"> {run}</span>}
        </h2>
        {isStart && <span className="badge">{t("sources.starting")}</span>}
        {isInEditor ? (
          !isStart && <span className="badge">{t("sources.inEditor")}</span>
        ) : (
          <CommandButton command={TAKE[kind]} context={{ bench }} look="quiet">
            {parts.length > 1 ? t("sources.takeAll") : t("sources.take")}
          </CommandButton>
        )}
      </header>
      {parts.slice(0, shown).map((part, index) => (
        <div className="source-part" key={index}>
          <SourceText bench={bench} text={part} isStart={part === task.starting_text}>
            {kind === "draft" && task.draft !== null ? <DraftText draft={task.draft} /> : part}
          </SourceText>
          {parts.length > 1 && (
            <button
              type="button"
              className="quiet"
              aria-label={t("sources.takePart", { number: index + 1 })}
              onClick={() => bench.edit(takeText(part))}
            >
              {t("sources.take")}
            </button>
          )}
        </div>
      ))}
      {parts.length > shown && (
        <button type="button" className="link small" onClick={() => setShown(parts.length)}>
          {t("sources.showAll", { count: parts.length })}
        </button>
      )}
    </article>
  );
}

interface SourceTextProps {
  readonly bench: Bench;
  readonly text: string;
  readonly isStart: boolean;
  readonly children: React.ReactNode;
}

/** What the caption started from is seen in the difference: here it takes one line until somebody wants all of it. */
function SourceText({ bench, text, isStart, children }: SourceTextProps) {
  const [unfolded, setUnfolded] = useState(false);
  if (!isStart || text === "") {
    return (
      <p dir="auto" lang={bench.language}>
        {children}
      </p>
    );
  }
  return (
    <>
      <p dir="auto" lang={bench.language} className={unfolded ? undefined : "folded"}>
        {children}
      </p>
      <button
        type="button"
        className="quiet"
        aria-expanded={unfolded}
        aria-label={t("sources.wholeText")}
        title={t("sources.wholeText")}
        onClick={() => setUnfolded(!unfolded)}
      >
        <span aria-hidden="true">{unfolded ? "▴" : "▾"}</span>
      </button>
    </>
  );
}
