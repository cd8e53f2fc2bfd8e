/** What became of an image's words: alt-texts, each round's captions as differences, the captioners' drafts, exports, archives. */
import type { ImageHistory } from "../api/images";
import { moment, number } from "../i18n/format";
import { t } from "../i18n/translate";
import { Difference } from "../text/Difference";

import { ArchiveList, ExportList } from "./WhoHasIt";

interface Props {
  readonly altTexts: readonly string[];
  readonly history: ImageHistory;
  readonly language: string;
  /** The project in whose console archives are shown; null for who has no console. */
  readonly archivesIn: string | null;
}

type PastTask = ImageHistory["tasks"][number];

export function ImageLife({ altTexts, history, language, archivesIn }: Props) {
  return (
    <section className="card life">
      <h2>{t("images.life")}</h2>
      <article>
        <h3>{t("images.altTexts")}</h3>
        {altTexts.length === 0 && <p className="muted">{t("images.noText")}</p>}
        {altTexts.map((text, position) => (
          <p key={position} dir="auto">
            {text === "" ? <span className="muted">{t("images.noText")}</span> : text}
          </p>
        ))}
      </article>
      {history.tasks.map((task) => (
        <RoundOfImage key={`${task.round}/${task.slot}`} task={task} language={language} />
      ))}
      {history.drafts.map(({ run, text, mean_logprob: logprob, finished }) => (
        <article key={run}>
          <h3>{t("images.draftOf", { run })}</h3>
          <p dir="auto">{text}</p>
          {!finished && <p className="small muted">{t("images.cutOff")}</p>}
          {logprob !== null && (
            <p className="small muted">{t("images.logprob", { value: number(logprob, 2) })}</p>
          )}
        </article>
      ))}
      {history.exports.length > 0 && (
        <article>
          <h3>{t("images.exports")}</h3>
          <ExportList exports={history.exports} />
        </article>
      )}
      {history.archives.length > 0 && (
        <article>
          <h3>{t("images.archives")}</h3>
          <ArchiveList archives={history.archives} linksTo={archivesIn} />
        </article>
      )}
    </section>
  );
}

function RoundOfImage({ task, language }: { readonly task: PastTask; readonly language: string }) {
  return (
    <article>
      <h3>
        {t("round.name", { number: task.round })}{" "}
        <span className="badge">{t(`taskState.${task.state}`)}</span>
      </h3>
      {task.captions.length === 0 && <p className="muted">{t("images.noCaption")}</p>}
      {task.captions.map((caption) => (
        <div key={caption.id} className="stack">
          <p className="small muted">
            {caption.annotator} · {moment(caption.created_at)}
            {caption.current && ` · ${t("images.current")}`}
          </p>
          <Difference before={caption.before} after={caption.text} language={language} />
          {caption.reviews.map(({ level, level_name: name, verdict, comment, reviewer }) => (
            <p className="note small" key={level} dir="auto">
              {t(`images.verdict.${verdict}`, { reviewer: name === "" ? reviewer : `${reviewer} (${name})` })}{" "}
              {comment}
            </p>
          ))}
        </div>
      ))}
    </article>
  );
}
