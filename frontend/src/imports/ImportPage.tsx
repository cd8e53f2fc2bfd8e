/** `/projects/<slug>/imports/<id>`: one source on its way in, from the upload to what became of its rows. */
import "../ui/styles/console.css";
import "./imports.css";

import { useEffect } from "react";
import { Link, useLocation } from "wouter";

import { type Import, refreshImport, useImport, useRemoveImport } from "../api/imports";
import { refreshProject, useProject } from "../api/projects";
import { bytes, moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { ImportJob } from "./ImportJob";
import { ImportReport } from "./ImportReport";
import { sourceName } from "./ImportsPage";
import { StartForm } from "./StartForm";
import { StateBadge } from "./StateBadge";
import { UploadProgress } from "../uploads/UploadProgress";

interface Props {
  readonly slug: string;
  readonly id: number;
}

export default function ImportPage({ slug, id }: Props) {
  const project = useProject(slug);
  const found = useImport(id);
  return (
    <Page
      title={found.data === undefined ? t("imports.one") : sourceName(found.data)}
      parents={[
        { href: `/projects/${slug}`, text: project.data?.name ?? slug },
        { href: `/projects/${slug}/imports`, text: t("imports.title") },
      ]}
    >
      {found.isPending && <Skeleton heights={[90, 240]} />}
      {found.isError && <Trouble error={found.error} onRetry={() => void found.refetch()} />}
      {found.data !== undefined && <Contents slug={slug} import_={found.data} />}
    </Page>
  );
}

function Contents({ slug, import_ }: { readonly slug: string; readonly import_: Import }) {
  const { state } = import_;
  useEffect(() => {
    // Its count of images is another now.
    if (state === "finished") void refreshProject(slug);
  }, [state, slug]);
  return (
    <>
      <section className="card">
        <div className="card-head">
          <h2>{t(`importNow.${state}`)}</h2>
          <span className="row">
            <StateBadge state={state} />
            {state !== "inspecting" && state !== "importing" && <Remove slug={slug} import_={import_} />}
          </span>
        </div>
        <p className="muted small">
          {[import_.byte_count > 0 ? bytes(import_.byte_count) : "", moment(import_.created_at)]
            .filter((part) => part !== "")
            .join(" · ")}
        </p>
        {state === "receiving" && <UploadProgress upload={import_} />}
        {import_.job !== null && state !== "ready" && (
          <ImportJob state={state} job={import_.job} onChange={() => refreshImport(import_.id)} />
        )}
      </section>
      {state === "finished" && (
        <section className="what-now">
          <p>{t("imports.next")}</p>
          <div className="row">
            <Link href={`/projects/${slug}/imports`} className="button">
              {t("imports.more")}
            </Link>
            <Link href={`/projects/${slug}`} className="button primary">
              {t("imports.toProject")}
            </Link>
          </div>
        </section>
      )}
      {import_.report !== null && <ImportReport import_={import_} report={import_.report} />}
      {(state === "ready" || state === "stopped") && import_.preview !== null && (
        <StartForm import_={import_} preview={import_.preview} />
      )}
    </>
  );
}

function Remove({ slug, import_ }: { readonly slug: string; readonly import_: Import }) {
  const remove = useRemoveImport(import_);
  const [, go] = useLocation();
  return (
    <>
      <button
        type="button"
        title={t("imports.removeHint")}
        disabled={remove.isPending}
        onClick={() => remove.mutate(undefined, { onSuccess: () => go(`/projects/${slug}/imports`) })}
      >
        {t("imports.remove")}
      </button>
      {remove.isError && <Trouble error={remove.error} />}
    </>
  );
}
