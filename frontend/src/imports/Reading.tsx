/** How a source is read: its format, the file that says what the rows are, where the pictures are. Looked at again on demand. */
import { useId } from "react";

import { type Reading as Said, useLookAgain } from "../api/imports";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import type { Preview } from "./PreviewRows";

interface Props {
  readonly id: number;
  readonly formats: readonly string[];
  readonly candidates: Preview["candidates"];
  readonly said: Said;
  readonly changed: boolean;
  readonly onSay: (change: Partial<Said>) => void;
}

export function Reading({ id, formats, candidates, said, changed, onSay }: Props) {
  const look = useLookAgain(id);
  const field = useId();
  const asked = candidates.length > 0;
  return (
    <section className="card stack">
      <h2>{asked ? t("imports.candidates") : t("imports.reading")}</h2>
      {asked && <p className="note warn">{t("imports.candidatesHint")}</p>}
      {candidates.map(({ file, format }) => (
        <label className="row" key={file}>
          <input
            type="radio"
            name={`${field}-candidate`}
            checked={said.texts === file}
            onChange={() => onSay({ texts: file, format })}
          />
          {file === "." ? t("imports.candidateFolder") : <code>{file}</code>}
          <span className="muted small">{format}</span>
        </label>
      ))}
      <div className="row reading">
        <label>
          {t("imports.format")}
          <select
            value={said.format}
            onChange={({ target }) => onSay({ format: target.value as Said["format"] })}
          >
            <option value="">{t("imports.formatSeen")}</option>
            {formats.map((format) => (
              <option key={format}>{format}</option>
            ))}
          </select>
        </label>
        <Place
          label={t("imports.textsFile")}
          hint={t("imports.textsFileHint")}
          value={said.texts}
          onChange={(texts) => onSay({ texts })}
        />
        <Place
          label={t("imports.imagesFolder")}
          hint={t("imports.imagesFolderHint")}
          value={said.images}
          onChange={(images) => onSay({ images })}
        />
        <Place
          label={t("imports.encoding")}
          hint={t("imports.encodingHint")}
          value={said.encoding}
          onChange={(encoding) => onSay({ encoding })}
        />
      </div>
      <div className="row">
        <button type="button" disabled={!changed || look.isPending} onClick={() => look.mutate(said)}>
          {t("imports.lookAgain")}
        </button>
        {changed && !asked && <span className="muted small">{t("imports.readingChanged")}</span>}
      </div>
      {look.isError && <Trouble error={look.error} />}
    </section>
  );
}

interface PlaceProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Place({ label, hint, value, onChange }: PlaceProps) {
  return (
    <label>
      {label}
      <input
        value={value}
        placeholder={hint}
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
