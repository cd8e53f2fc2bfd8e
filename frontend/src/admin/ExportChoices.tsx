/** Which rows an export has, and which text: closed until somebody wants other than what most want. */
import { useId } from "react";

import type { NewExport } from "../api/exports";
import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";

import type { ExportSettings } from "./export_settings";
import { inPercent, NumberField } from "../ui/NumberField";
import { SourcesAndDomains } from "./SourcesAndDomains";

interface Props {
  readonly settings: ExportSettings;
  readonly format: NewExport["format"];
  readonly set: (change: Partial<ExportSettings>) => void;
}

export function ExportChoices({ settings, format, set }: Props) {
  const id = useId();
  return (
    <details>
      <summary>{t("exports.choices")}</summary>
      <div className="stack">
        <div className="field-grid">
          <div className="field">
            <label htmlFor={`${id}-text`}>{t("exports.text")}</label>
            <select
              id={`${id}-text`}
              value={settings.text}
              onChange={({ target }) => set({ text: target.value === "draft" ? "draft" : "caption" })}
            >
              <option value="caption">{t("exports.text.caption")}</option>
              <option value="draft">{t("exports.text.draft")}</option>
            </select>
          </div>
          <NumberField
            label={t("exports.mix")}
            hint={t("exports.mixHint")}
            value={settings.mixPercent}
            {...inPercent(BOUNDS.NewExportRequest.mix)}
            onChange={(mixPercent) => set({ mixPercent })}
          />
          {settings.mixPercent !== 100 && (
            <NumberField
              label={t("launch.seed")}
              hint={t("exports.seedHint")}
              value={settings.mix_seed}
              {...BOUNDS.NewExportRequest.mix_seed}
              onChange={(mix_seed) => set({ mix_seed })}
            />
          )}
          <div className="field">
            <label htmlFor={`${id}-split`}>{t("exports.split")}</label>
            <select
              id={`${id}-split`}
              value={settings.split}
              onChange={({ target }) => set({ split: target.value as ExportSettings["split"] })}
            >
              {(["", "train", "eval"] as const).map((split) => (
                <option key={split} value={split}>
                  {split === "" ? t("launch.all") : t(`exports.split.${split}`)}
                </option>
              ))}
            </select>
          </div>
          <SourcesAndDomains value={settings} set={set} />
        </div>
        <Check label={t("exports.images")} checked={settings.images} onChange={(images) => set({ images })} />
        <Check
          label={t("exports.waiting")}
          checked={!settings.accepted_only}
          onChange={(waiting) => set({ accepted_only: !waiting })}
        />
        <Check
          label={t("exports.control")}
          checked={settings.control}
          onChange={(control) => set({ control })}
        />
        {format === "csv" && (
          <Check
            label={t("exports.byteOrderMark")}
            checked={settings.byte_order_mark}
            onChange={(byte_order_mark) => set({ byte_order_mark })}
          />
        )}
      </div>
    </details>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label className="row">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}
