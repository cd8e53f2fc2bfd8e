/** `/archives/<id>`: an archive on its way in, from the upload to the project that was made of it. */
import "../ui/styles/console.css";

import { useId, useState } from "react";
import { Link, useLocation } from "wouter";

import {
  type ArchiveContents,
  type ArchiveImport,
  refreshArchiveImport,
  useArchiveImport,
  useArchivePeople,
  useRemoveArchiveImport,
  useStartArchiveImport,
} from "../api/archives";
import { BOUNDS } from "../api/request_options";
import { ImportJob } from "../imports/ImportJob";
import { StateBadge } from "../imports/StateBadge";
import { UploadProgress } from "../uploads/UploadProgress";
import { bytes, moment, number } from "../i18n/format";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { ArchivePeople } from "./ArchivePeople";
import { FACTS } from "./facts";
import { ARCHIVES } from "./receiver";

export default function ArchiveImportPage({ id }: { readonly id: number }) {
  const found = useArchiveImport(id);
  return (
    <Page
      title={found.data?.file_name ?? t("archives.one")}
      parents={[{ href: "/archives", text: t("archives.title") }]}
    >
      {found.isPending && <Skeleton heights={[90, 160]} />}
      {found.isError && <Trouble error={found.error} onRetry={() => void found.refetch()} />}
      {found.data !== undefined && <Contents archiveImport={found.data} />}
    </Page>
  );
}

function Contents({ archiveImport }: { readonly archiveImport: ArchiveImport }) {
  const { state, job, contents } = archiveImport;
  const canStart = state === "ready" || state === "stopped";
  return (
    <>
      <section className="card">
        <div className="card-head">
          <h2>{t(`archives.now.${state}`)}</h2>
          <span className="row">
            <StateBadge state={state} />
            {state !== "inspecting" && state !== "importing" && <Remove id={archiveImport.id} />}
          </span>
        </div>
        <p className="muted small">
          {bytes(archiveImport.byte_count)} · {moment(archiveImport.created_at)}
        </p>
        {state === "receiving" && <UploadProgress upload={archiveImport} server={ARCHIVES} />}
        {job !== null && state !== "ready" && (
          <ImportJob
            state={state}
            job={job}
            resumes={false}
            onChange={() => refreshArchiveImport(archiveImport.id)}
          />
        )}
        {state === "finished" && (
          <Link href={`/projects/${archiveImport.slug}`} className="button primary">
            {t("archives.open")}
          </Link>
        )}
      </section>
      {contents !== null && (
        <section className="card">
          <h2>{t("archives.of", { project: contents.project, version: contents.code_version })}</h2>
          <dl className="facts">
            {FACTS.map((name) => (
              <div key={name}>
                <dt>{t(`archives.fact.${name}`)}</dt>
                <dd>{number(contents[name])}</dd>
              </div>
            ))}
          </dl>
          {canStart && <StartForm archiveImport={archiveImport} contents={contents} />}
        </section>
      )}
    </>
  );
}

interface StartProps {
  readonly archiveImport: ArchiveImport;
  readonly contents: ArchiveContents;
}

function StartForm({ archiveImport, contents }: StartProps) {
  const start = useStartArchiveImport(archiveImport.id);
  const people = useArchivePeople(archiveImport.id);
  const [same, setSame] = useState<ReadonlySet<string>>(new Set());
  const [slug, setSlug] = useState(archiveImport.slug === "" ? contents.project : archiveImport.slug);
  const id = useId();
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const seen = people.data ?? [];
        start.mutate({
          slug,
          people: seen
            .filter(({ username }) => same.has(username))
            .map(({ username, role }) => ({ username, role })),
        });
      }}
    >
      {people.isPending && <Skeleton heights={[90]} />}
      {people.isError && <Trouble error={people.error} onRetry={() => void people.refetch()} />}
      {people.isSuccess && <ArchivePeople people={people.data} same={same} onChange={setSame} />}
      <div className="row">
        <label htmlFor={id}>{t("archives.slug")}</label>
        <input
          id={id}
          value={slug}
          {...BOUNDS.StartArchiveImportRequest.slug}
          required
          pattern="[a-z0-9\-]+"
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => setSlug(target.value)}
        />
        <button type="submit" className="primary" disabled={start.isPending || !people.isSuccess}>
          {t("archives.start")}
        </button>
      </div>
      <span id={`${id}-hint`} className="muted small">
        {t("archives.slugHint")}
      </span>
      {start.isError && <Trouble error={start.error} />}
    </form>
  );
}

function Remove({ id }: { readonly id: number }) {
  const remove = useRemoveArchiveImport(id);
  const [, go] = useLocation();
  return (
    <>
      <button
        type="button"
        disabled={remove.isPending}
        onClick={() => remove.mutate(undefined, { onSuccess: () => go("/archives") })}
      >
        {t("archives.remove")}
      </button>
      {remove.isError && <Trouble error={remove.error} />}
    </>
  );
}
