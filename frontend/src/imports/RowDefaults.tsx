/** What is true of every row that does not say it itself, and whether wrong decodings are undone. */
import { useId } from "react";

import type { StartImport } from "../api/imports";
import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";

interface Props {
  readonly options: StartImport;
  readonly onChange: (change: Partial<StartImport>) => void;
}

const NAMES = ["source", "domain", "licence"] as const;
const SPLITS = ["", "train", "eval"] as const;

export function RowDefaults({ options, onChange }: Props) {
  const id = useId();
  return (
    <section className="card">
      <h2>{t("imports.defaults")}</h2>
      <div className="field-grid">
        {NAMES.map((name) => (
          <div className="field" key={name}>
            <label htmlFor={`${id}-${name}`}>{t(`imports.default.${name}`)}</label>
            <input
              id={`${id}-${name}`}
              {...BOUNDS.StartImportRequest[name]}
              value={options[name]}
              onChange={({ target }) => onChange({ [name]: target.value })}
            />
          </div>
        ))}
        <div className="field">
          <label htmlFor={`${id}-split`}>{t("imports.split")}</label>
          <select
            id={`${id}-split`}
            value={options.split}
            onChange={({ target }) =>
              onChange({ split: SPLITS.find((split) => split === target.value) ?? "" })
            }
          >
            {SPLITS.map((split) => (
              <option key={split} value={split}>
                {split === "" ? t("imports.splitDrawn") : t(`split.${split}`)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <label className="row">
        <input
          type="checkbox"
          checked={options.repair_texts}
          onChange={({ target }) => onChange({ repair_texts: target.checked })}
        />
        {t("imports.repair")}
      </label>
    </section>
  );
}
