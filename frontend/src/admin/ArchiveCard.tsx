/** The whole project as one file: making it, downloading it, removing it. */
import { useState } from "react";

import { type Archive, useArchives, useMakeArchive, useRemoveArchive } from "../api/archives";
import { FACTS } from "../archives/facts";
import { bytes, moment, number } from "../i18n/format";
import { t } from "../i18n/translate";
import { useArrival } from "../ui/arrival";
import { Trouble } from "../ui/Trouble";

export function ArchiveCard({ project }: { readonly project: string }) {
  const archives = useArchives(project);
  const make = useMakeArchive(project);
  const [choices, setChoices] = useState({ pictures: true, checkpoints: false });
  return (
    <section className="card">
      <h2>{t("archives.archive")}</h2>
      <p className="muted">{t("archives.hint")}</p>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(choices);
        }}
      >
        {(["pictures", "checkpoints"] as const).map((name) => (
          <label className="row" key={name}>
            <input
              type="checkbox"
              checked={choices[name]}
              onChange={({ target }) => setChoices({ ...choices, [name]: target.checked })}
            />
            {t(`archives.${name}`)}
          </label>
        ))}
        <button type="submit" disabled={make.isPending}>
          {t("archives.make")}
        </button>
      </form>
      {make.isError && <Trouble error={make.error} />}
      {archives.isError && <Trouble error={archives.error} onRetry={() => void archives.refetch()} />}
      {archives.data?.map((archive) => (
        <ArchiveRow key={archive.id} archive={archive} />
      ))}
    </section>
  );
}

function ArchiveRow({ archive }: { readonly archive: Archive }) {
  const remove = useRemoveArchive(archive);
  const { id, job, contents } = archive;
  const name = `archive-${id}`;
  const article = useArrival<HTMLElement>(name);
  const isGoing = job?.state === "queued" || job?.state === "running";
  return (
    <article className="export" id={name} ref={article}>
      <div className="row">
        {contents === null ? (
          <>
            <span className="muted">
              {t("archives.numbered", { id })} · {moment(archive.created_at)}
            </span>
            <span className={`badge ${isGoing ? "busy" : "bad"}`}>
              {t(isGoing ? "exports.writing" : "exports.stopped")}
            </span>
          </>
        ) : (
          <>
            <a href={`/api/v1/archives/${id}/file/`} download>
              {`${contents.project}.tar`}
            </a>
            <span className="muted small">
              {t("archives.numbered", { id })} · {bytes(archive.byte_count)} ·{" "}
              <code title={archive.sha256}>{archive.sha256.slice(0, 12)}</code> ·{" "}
              {moment(archive.finished_at ?? archive.created_at)}
            </span>
          </>
        )}
        {!isGoing && (
          <button type="button" disabled={remove.isPending} onClick={() => remove.mutate()}>
            {t("archives.remove")}
          </button>
        )}
      </div>
      {contents !== null && <p className="muted small">{whatItHas(contents)}</p>}
      {remove.isError && <Trouble error={remove.error} />}
    </article>
  );
}

function whatItHas(contents: NonNullable<Archive["contents"]>): string {
  return FACTS.map((name) => `${number(contents[name])} ${t(`archives.fact.${name}`)}`).join(" · ");
}
