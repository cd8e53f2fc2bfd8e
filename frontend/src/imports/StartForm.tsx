/** What is in the source, what its columns are taken for (to be changed), what rows do not say themselves; then it starts. */
import { useState } from "react";

import {
  type Import,
  type Reading as ReadingOptions,
  type StartImport,
  useImportFormats,
  useStartImport,
} from "../api/imports";
import { DEFAULTS } from "../api/request_options";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { Account } from "./Account";
import { ColumnsTable } from "./ColumnsTable";
import { type Preview, PreviewRows } from "./PreviewRows";
import { Reading } from "./Reading";
import { RowDefaults } from "./RowDefaults";
import { hasNoText, SurveyFacts } from "./SurveyFacts";

interface Props {
  readonly import_: Import;
  readonly preview: Preview;
}

export function StartForm({ import_, preview }: Props) {
  const formats = useImportFormats();
  const start = useStartImport(import_.id);
  const [options, setOptions] = useState<StartImport>(() => ({
    ...DEFAULTS.StartImportRequest,
    ...asSeen(preview),
  }));
  const set = (change: Partial<StartImport>): void => setOptions((old) => ({ ...old, ...change }));
  const { format, texts, images, encoding, columns } = options;
  const said = { format, texts, images, encoding, columns };
  const changed = JSON.stringify(said) !== JSON.stringify(asSeen(preview));
  const asked = preview.candidates.length > 0;
  const mustConfirm = hasNoText(preview.survey) && !changed;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(options);
      }}
    >
      {!asked && <Found preview={preview} />}
      {mustConfirm && (
        <div className="note bad stack" role="alert">
          <span>{t("imports.withoutTextsHint")}</span>
          <label className="row">
            <input
              type="checkbox"
              checked={options.without_texts}
              onChange={({ target }) => set({ without_texts: target.checked })}
            />
            {t("imports.withoutTexts")}
          </label>
        </div>
      )}
      {start.isError && <Trouble error={start.error} />}
      {!asked && (
        <div className="what-now">
          <span>{t("imports.startHint")}</span>
          <button
            type="submit"
            className="primary"
            disabled={start.isPending || (mustConfirm && !options.without_texts)}
          >
            {import_.state === "stopped" ? t("imports.startAnew") : t("imports.start")}
          </button>
        </div>
      )}
      <Reading
        id={import_.id}
        formats={formats.data?.formats ?? []}
        candidates={preview.candidates}
        said={said}
        changed={changed}
        onSay={set}
      />
      {preview.columns.length > 0 && (
        <section className="card">
          <h2>{t("imports.columns")}</h2>
          <p className="muted small">{t("imports.columnsHint")}</p>
          <ColumnsTable
            columns={preview.columns}
            meanings={formats.data?.meanings ?? []}
            said={columns}
            onSay={(meant) => set({ columns: meant })}
          />
        </section>
      )}
      {preview.account.length > 0 && (
        <section className="card">
          <h2>{t("imports.account")}</h2>
          <p className="muted small">{t("imports.accountHint")}</p>
          <Account pages={preview.account} />
        </section>
      )}
      {!asked && <RowDefaults options={options} onChange={set} />}
    </form>
  );
}

/** What had been said when the worker looked. */
function asSeen({ said }: Preview): ReadingOptions {
  const { format, texts, images, encoding, columns } = said;
  return { format, texts, images, encoding, columns };
}

function Found({ preview }: { readonly preview: Preview }) {
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t("imports.found")}</h2>
        <span className="muted">
          {preview.total > 0
            ? t("imports.foundRows", { format: preview.format, count: preview.total })
            : preview.format}
        </span>
      </div>
      <SurveyFacts survey={preview.survey} />
      <PreviewRows preview={preview} />
    </section>
  );
}
