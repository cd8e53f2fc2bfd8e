/** Exports: making one, downloading its files, and its manifest's checksum. */
import { useState } from "react";

import { type Export, type NewExport, useExportFormats, useExports, useMakeExport } from "../api/exports";
import type { Round } from "../api/rounds";
import { bytes, moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

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

function NewExportForm({ project, rounds }: Props) {
  const formats = useExportFormats();
  const make = useMakeExport(project);
  const newest = rounds.at(-1)?.id ?? 0;
  const [round, setRound] = useState(newest);
  const [format, setFormat] = useState<NewExport["format"] | null>(null);
  const names = (formats.data?.formats ?? []) as NewExport["format"][];
  const chosen = format ?? (names.includes("jsonl") ? "jsonl" : names[0]);
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined) make.mutate({ round, format: chosen });
      }}
    >
      <label>
        {t("exports.round")}{" "}
        <select value={round} onChange={({ target }) => setRound(Number(target.value))}>
          {rounds.map(({ id, number: name }) => (
            <option key={id} value={id}>
              {t("round.name", { number: name })}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t("exports.format")}{" "}
        <select
          value={chosen ?? ""}
          onChange={({ target }) => setFormat(names.find((name) => name === target.value) ?? null)}
        >
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={chosen === undefined || make.isPending}>
        {t("exports.make")}
      </button>
      {make.isError && <Trouble error={make.error} />}
    </form>
  );
}

function ExportRow({ made, number: round }: { readonly made: Export; readonly number: number | null }) {
  return (
    <article className="export">
      <div className="row">
        <strong>
          {round === null ? made.format : `${t("round.name", { number: round })} · ${made.format}`}
        </strong>
        {made.finished_at === null ? (
          <span className="badge busy">{t("exports.writing")}</span>
        ) : (
          <span className="muted small">
            {t("exports.rows", { count: made.row_count ?? 0 })} · {moment(made.finished_at)}
          </span>
        )}
      </div>
      {made.files.length > 0 && (
        <ul className="small">
          {made.files.map((file) => (
            <li key={file.name}>
              <a href={file.url} download>
                {file.name}
              </a>{" "}
              <span className="muted">
                {bytes(file.bytes)} · <code title={file.sha256}>{file.sha256.slice(0, 12)}</code>
              </span>
            </li>
          ))}
          <li>
            <a href={`/api/v1/exports/${made.id}/files/manifest.json`} download>
              manifest.json
            </a>{" "}
            <code className="muted" title={made.manifest_sha256}>
              {made.manifest_sha256.slice(0, 12)}
            </code>
          </li>
        </ul>
      )}
    </article>
  );
}
