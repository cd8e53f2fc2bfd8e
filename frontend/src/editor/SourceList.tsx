/** The texts a caption can be made from, each labelled with what it is and taken over with one key. */
import { Keys } from "../keys/Keys";
import type { CommandId } from "../keys/table";
import { t } from "../i18n/translate";
import { useStore } from "../ui/store";

import { takeSource } from "./actions";
import type { Bench } from "./bench";
import { DraftText } from "./DraftText";
import { type Source, sourcesOf } from "./sources";

const COMMAND: Record<Source["kind"], CommandId> = {
  alt_text: "takeAltText",
  previous_caption: "takePrevious",
  draft: "takeDraft",
};

export function SourceList({ bench }: { readonly bench: Bench }) {
  const task = useStore(bench.state, (state) => state.current);
  if (task === null) return null;
  const sources = sourcesOf(task);
  return (
    <section className="sources" aria-label={t("sources.title")}>
      {sources.length === 0 && <p className="muted">{t("sources.none")}</p>}
      {sources.map((source) => (
        <article key={source.kind}>
          <header>
            <h2>
              {t(`source.${source.kind}`)}
              {source.run !== null && <span className="muted"> {source.run}</span>}
            </h2>
            {source.kind === task.starting_source ? (
              <span className="badge">{t("sources.starting")}</span>
            ) : (
              <button type="button" className="quiet" onClick={() => bench.edit(takeSource(source.kind))}>
                {t("sources.take")} <Keys command={COMMAND[source.kind]} />
              </button>
            )}
          </header>
          {source.parts.map((part, index) => (
            <p key={index} dir="auto" lang={bench.language}>
              {source.kind === "draft" && task.draft !== null ? <DraftText draft={task.draft} /> : part}
            </p>
          ))}
        </article>
      ))}
    </section>
  );
}
