/** Asking for an export: which round, in which format, which rows. */
import { useState } from "react";

import { type NewExport, useExportFormats, useMakeExport } from "../api/exports";
import type { Round } from "../api/rounds";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { asNewExport, FIRST_EXPORT_FORMAT, FIRST_EXPORT_SETTINGS } from "./export_settings";
import { ExportChoices } from "./ExportChoices";

interface Props {
  readonly project: string;
  readonly rounds: readonly Round[];
}

export function NewExportForm({ project, rounds }: Props) {
  const formats = useExportFormats();
  const make = useMakeExport(project);
  const newest = rounds.at(-1)?.id ?? 0;
  const [round, setRound] = useState(newest);
  const [format, setFormat] = useState<NewExport["format"] | null>(null);
  const [settings, setSettings] = useState(FIRST_EXPORT_SETTINGS);
  const names = (formats.data?.formats ?? []) as NewExport["format"][];
  const chosen = format ?? (names.includes(FIRST_EXPORT_FORMAT) ? FIRST_EXPORT_FORMAT : names[0]);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined) make.mutate(asNewExport(round, chosen, settings));
      }}
    >
      <div className="row">
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
      </div>
      {chosen !== undefined && (
        <ExportChoices
          settings={settings}
          format={chosen}
          set={(change) => setSettings((before) => ({ ...before, ...change }))}
        />
      )}
      {make.isError && <Trouble error={make.error} />}
    </form>
  );
}
