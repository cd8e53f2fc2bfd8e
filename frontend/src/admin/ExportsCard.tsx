/** Exports: making one, and those that were made, with what changed since the last one of their kind. */
import { type Export, useExports } from "../api/exports";
import type { Round } from "../api/rounds";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { ExportFiles } from "./ExportFiles";
import { NewExportForm } from "./NewExportForm";

interface Props {
  readonly project: string;
  readonly rounds: readonly Round[];
}

export function ExportsCard({ project, rounds }: Props) {
  const exports = useExports(project);
  return (
    <section className="card">
      <h2>{t("exports.title")}</h2>
      {rounds.length === 0 ? (
        <p className="muted">{t("exports.noRounds")}</p>
      ) : (
        <NewExportForm project={project} rounds={rounds} />
      )}
      {exports.isError && <Trouble error={exports.error} onRetry={() => void exports.refetch()} />}
      {exports.data?.map((made) => (
        <ExportRow
          key={made.id}
          made={made}
          number={rounds.find(({ id }) => id === made.round)?.number ?? null}
        />
      ))}
    </section>
  );
}

function ExportRow({ made, number: round }: { readonly made: Export; readonly number: number | null }) {
  return (
    <article className="export">
      <div className="row">
        <strong>{nameOf(made, round)}</strong>
        <ExportState made={made} />
      </div>
      <ChangesLine made={made} />
      <ExportFiles made={made} />
    </article>
  );
}

function ExportState({ made }: { readonly made: Export }) {
  if (made.finished_at !== null) {
    return (
      <span className="muted small">
        {t("exports.rows", { count: made.row_count ?? 0 })} · {moment(made.finished_at)}
      </span>
    );
  }
  return made.is_stopped ? (
    <span className="badge bad">{t("exports.stopped")}</span>
  ) : (
    <span className="badge busy">{t("exports.writing")}</span>
  );
}

/** What is different from the last export of this kind. */
function ChangesLine({ made: { id, previous, changes } }: { readonly made: Export }) {
  if (previous === null || changes === null) return null;
  const { added, changed, gone } = changes;
  if (added + changed + gone === 0) {
    return <p className="muted small">{t("exports.noChanges", { number: previous })}</p>;
  }
  return (
    <p className="small">
      <span className="muted">{t("exports.changesSince", { number: previous })}</span>{" "}
      <a href={`/api/v1/exports/${id}/changes/`} download>
        {t("exports.changes", { added, changed, gone })}
      </a>
    </p>
  );
}

function nameOf({ run, format }: Export, round: number | null): string {
  if (run !== null) return t("exports.ofRun", { run });
  return round === null ? format : `${t("round.name", { number: round })} · ${format}`;
}
