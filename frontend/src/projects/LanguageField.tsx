/** The language in which a project's captions are written: chosen by name, or any other by its tag. */
import { useId, useState } from "react";

import { BOUNDS } from "../api/request_options";
import { currentLanguage, t } from "../i18n/translate";

interface Props {
  readonly value: string;
  readonly onChange: (language: string) => void;
}

/** The languages that most projects will look for. */
const OFFERED =
  "am ar bg bn ca cs da de el en es et eu fa fi fr ga gl he hi hr hu id is it ja ko lt lv mr ms nb nl pl pt pt-BR ro ru sk sl " +
  "sr sv sw ta te th tl tr uk ur vi zh-Hans zh-Hant";
const OTHER = "other";

export function LanguageField({ value, onChange }: Props) {
  const id = useId();
  const offered = OFFERED.split(" ");
  const [typed, setTyped] = useState(!offered.includes(value));
  const names = new Intl.DisplayNames([currentLanguage()], { type: "language" });
  const options = offered
    .map((tag) => ({ tag, name: names.of(tag) ?? tag }))
    .sort((one, other) => one.name.localeCompare(other.name));
  return (
    <div className="field">
      <label htmlFor={id}>{t("project.language")}</label>
      <select
        id={id}
        value={typed ? OTHER : value}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          setTyped(target.value === OTHER);
          onChange(target.value === OTHER ? "" : target.value);
        }}
      >
        {options.map(({ tag, name }) => (
          <option key={tag} value={tag}>
            {name}
          </option>
        ))}
        <option value={OTHER}>{t("project.languageOther")}</option>
      </select>
      {typed && (
        <input
          aria-label={t("project.languageTag")}
          value={value}
          required
          {...BOUNDS.NewProjectRequest.language}
          pattern="[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"
          title={t("project.languageTagHint")}
          spellCheck={false}
          onChange={({ target }) => onChange(target.value.trim())}
        />
      )}
      <span className="hint" id={`${id}-hint`}>
        {t("project.languageHint")}
      </span>
    </div>
  );
}
