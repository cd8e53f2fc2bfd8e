/** `/projects/<slug>/imports`: bringing images in, and what was brought in before. */
import "../ui/styles/console.css";
import "./imports.css";

import { Link } from "wouter";

import { type Import, useImports } from "../api/imports";
import { useProject } from "../api/projects";
import { moment, number } from "../i18n/format";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { ScrollX } from "../ui/ScrollX";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { NewImportForm } from "./NewImportForm";
import { StateBadge } from "./StateBadge";

export default function ImportsPage({ slug }: { readonly slug: string }) {
  const project = useProject(slug);
  const imports = useImports(slug);
  return (
    <Page
      title={t("imports.title")}
      parents={[{ href: `/projects/${slug}`, text: project.data?.name ?? slug }]}
    >
      <NewImportForm project={slug} />
      {imports.isPending && <Skeleton heights={[120]} />}
      {imports.isError && <Trouble error={imports.error} onRetry={() => void imports.refetch()} />}
      {imports.data !== undefined && <ImportsTable slug={slug} imports={imports.data} />}
    </Page>
  );
}

function ImportsTable({ slug, imports }: { readonly slug: string; readonly imports: readonly Import[] }) {
  return (
    <section className="card">
      <h2>{t("imports.earlier")}</h2>
      {imports.length === 0 && <p className="muted">{t("imports.none")}</p>}
      {imports.length > 0 && (
        <ScrollX>
          <table>
            <thead>
              <tr>
                <th>{t("imports.source")}</th>
                <th>{t("imports.state")}</th>
                <th className="number">{t("imports.imported")}</th>
                <th className="number">{t("imports.alreadyThere")}</th>
                <th className="number">{t("imports.textsAdded")}</th>
                <th className="number">{t("imports.refused")}</th>
                <th>{t("imports.when")}</th>
              </tr>
            </thead>
            <tbody>
              {imports.map((one) => (
                <tr key={one.id}>
                  <td className="source">
                    <Link href={`/projects/${slug}/imports/${one.id}`}>{sourceName(one)}</Link>
                  </td>
                  <td>
                    <StateBadge state={one.state} />
                  </td>
                  <td className="number">{one.report?.imported ?? ""}</td>
                  <td className="number">{one.report?.already_there ?? ""}</td>
                  <td className="number">{textsAdded(one)}</td>
                  <td className="number">{one.report?.refused ?? ""}</td>
                  <td>{moment(one.created_at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </section>
  );
}

function textsAdded({ report }: Import): string {
  return report === null ? "" : number(report.alt_texts + report.captions);
}

export function sourceName({ file_name: file, address }: Import): string {
  return file === "" ? address : file;
}
