/** `/archives`, for owners of the site: bringing a whole project in, and what was brought in before. */
import "../ui/styles/console.css";

import { useId, useState } from "react";
import { Link, useLocation } from "wouter";

import { useArchiveImports, useNewArchiveImport } from "../api/archives";
import { StateBadge } from "../imports/StateBadge";
import { sendUpload } from "../uploads/uploads";
import { bytes, moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { ScrollX } from "../ui/ScrollX";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { ARCHIVES } from "./receiver";

export default function ArchivesPage() {
  const imports = useArchiveImports();
  return (
    <Page title={t("archives.title")}>
      <NewArchiveForm />
      {imports.isPending && <Skeleton heights={[120]} />}
      {imports.isError && <Trouble error={imports.error} onRetry={() => void imports.refetch()} />}
      {imports.isSuccess && (
        <section className="card">
          <h2>{t("archives.earlier")}</h2>
          {imports.data.length === 0 && <p className="muted">{t("archives.none")}</p>}
          {imports.data.length > 0 && (
            <ScrollX>
              <table>
                <thead>
                  <tr>
                    <th>{t("imports.source")}</th>
                    <th>{t("imports.state")}</th>
                    <th>{t("archives.project")}</th>
                    <th>{t("imports.when")}</th>
                  </tr>
                </thead>
                <tbody>
                  {imports.data.map((one) => (
                    <tr key={one.id}>
                      <td className="source">
                        <Link href={`/archives/${one.id}`}>{one.file_name}</Link>
                      </td>
                      <td>
                        <StateBadge state={one.state} />
                      </td>
                      <td>
                        {one.state === "finished" && <Link href={`/projects/${one.slug}`}>{one.slug}</Link>}
                      </td>
                      <td>{moment(one.created_at)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          )}
        </section>
      )}
    </Page>
  );
}

function NewArchiveForm() {
  const [file, setFile] = useState<File | null>(null);
  const make = useNewArchiveImport();
  const [, go] = useLocation();
  const id = useId();
  const send = (chosen: File): void =>
    make.mutate(chosen, {
      onSuccess: (made) => {
        void sendUpload(made, chosen, ARCHIVES);
        go(`/archives/${made.id}`);
      },
    });
  return (
    <section className="card">
      <h2>{t("archives.bringIn")}</h2>
      <p className="muted">{t("archives.bringInHint")}</p>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (file !== null) send(file);
        }}
      >
        <label htmlFor={id}>{t("archives.file")}</label>
        <input
          id={id}
          type="file"
          accept=".tar"
          onChange={({ target }) => setFile(target.files?.item(0) ?? null)}
        />
        {file !== null && <span className="muted small">{bytes(file.size)}</span>}
        <button type="submit" className="primary" disabled={file === null || make.isPending}>
          {t("imports.upload")}
        </button>
      </form>
      {make.isError && <Trouble error={make.error} />}
    </section>
  );
}
