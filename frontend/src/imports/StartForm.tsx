/** What is in the source, what its columns are taken for (to be changed), what rows do not say themselves; then it starts. */
import { useState } from "react";

import { type Import, type StartImport, useImportFormats, useStartImport } from "../api/imports";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { ColumnsTable } from "./ColumnsTable";
import { type Preview, PreviewRows } from "./PreviewRows";
import { RowDefaults } from "./RowDefaults";

interface Props {
  readonly incoming: Import;
  readonly preview: Preview;
}

export function StartForm({ incoming, preview }: Props) {
  const formats = useImportFormats();
  const start = useStartImport(incoming.id);
  const [options, setOptions] = useState<StartImport>({
    columns: {},
    format: "",
    split: "",
    source: "",
    domain: "",
    licence: "",
    repair_texts: false,
  });
  const set = (change: Partial<StartImport>): void => setOptions((old) => ({ ...old, ...change }));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(options);
      }}
    >
      <section className="card">
        <div className="card-head">
          <h2>{t("imports.found")}</h2>
          <span className="muted">
            {preview.total > 0
              ? t("imports.foundRows", { format: preview.format, count: preview.total })
              : preview.format}
          </span>
        </div>
        <PreviewRows preview={preview} />
      </section>
      {preview.columns.length > 0 && (
        <section className="card">
          <h2>{t("imports.columns")}</h2>
          <p className="muted small">{t("imports.columnsHint")}</p>
          <ColumnsTable
            columns={preview.columns}
            meanings={formats.data?.meanings ?? []}
            said={options.columns ?? {}}
            onSay={(columns) => set({ columns })}
          />
        </section>
      )}
      <RowDefaults options={options} onChange={set} />
      {start.isError && <Trouble error={start.error} />}
      <div className="row">
        <button type="submit" className="primary" disabled={start.isPending}>
          {incoming.state === "stopped" ? t("imports.startAnew") : t("imports.start")}
        </button>
      </div>
    </form>
  );
}
