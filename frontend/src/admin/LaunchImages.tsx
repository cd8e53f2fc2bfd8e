/** Which images a round is about: by source and domain, those that still change, so many by lot. */
import { useId } from "react";

import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";

import type { LaunchSettings } from "./launch_settings";
import { SourcesAndDomains } from "./SourcesAndDomains";

interface Props {
  readonly settings: LaunchSettings;
  readonly number: number;
  readonly set: (change: Partial<LaunchSettings>) => void;
}

export function LaunchImages({ settings, number, set }: Props) {
  const id = useId();
  return (
    <fieldset>
      <legend>{t("launch.images")}</legend>
      <div className="field-grid">
        <SourcesAndDomains value={settings} set={set} />
        <div className="field">
          <label htmlFor={`${id}-sample`}>{t("launch.sample")}</label>
          <input
            id={`${id}-sample`}
            type="number"
            {...BOUNDS.ImageChoiceRequest.sample}
            step={1}
            value={settings.sample ?? ""}
            placeholder={t("launch.all")}
            onChange={({ target }) =>
              set({ sample: Number.isNaN(target.valueAsNumber) ? null : target.valueAsNumber })
            }
          />
        </div>
      </div>
      {number > 1 && (
        <label className="row">
          <input
            type="checkbox"
            checked={settings.unconvergedOnly}
            onChange={({ target }) => set({ unconvergedOnly: target.checked })}
          />
          {t("launch.unconverged")}
        </label>
      )}
      {number > 1 && (
        <label className="row">
          <input
            type="checkbox"
            checked={settings.own_previous_allowed}
            onChange={({ target }) => set({ own_previous_allowed: target.checked })}
          />
          {t("launch.own")}
        </label>
      )}
    </fieldset>
  );
}
