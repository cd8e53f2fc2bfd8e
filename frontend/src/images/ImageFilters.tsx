/** Narrowing the grid. Choices count at once, texts when they are sent. */
import { useId, useState } from "react";

import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";

import { type Filter, NUMBERS } from "./filter";

interface Props {
  readonly filter: Filter;
  readonly onChange: (change: Partial<Filter>) => void;
}

const TEXTS = ["text", "source", "domain", "annotator"] as const;

export function ImageFilters({ filter, onChange }: Props) {
  const [texts, setTexts] = useState(() => typed(filter));
  const id = useId();
  return (
    <form
      className="card row"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(texts);
      }}
    >
      {TEXTS.map((name) => (
        <label key={name} htmlFor={`${id}-${name}`}>
          {t(`images.filter.${name}`)}{" "}
          <input
            id={`${id}-${name}`}
            type="search"
            value={texts[name]}
            {...BOUNDS.StartImportRequest.source}
            onChange={({ target }) => setTexts((old) => ({ ...old, [name]: target.value }))}
          />
        </label>
      ))}
      {NUMBERS.map((name) => (
        <label key={name} htmlFor={`${id}-${name}`}>
          {t(`images.filter.${name}`)}{" "}
          <input
            id={`${id}-${name}`}
            type="number"
            min={0}
            step="any"
            value={texts[name]}
            onChange={({ target }) => setTexts((old) => ({ ...old, [name]: target.value }))}
          />
        </label>
      ))}
      <button type="submit">{t("images.search")}</button>
      <label>
        {t("images.filter.split")}{" "}
        <select
          value={filter.split}
          onChange={({ target }) =>
            onChange({ split: target.value === "train" || target.value === "eval" ? target.value : "" })
          }
        >
          <option value="">{t("images.all")}</option>
          <option value="train">{t("split.train")}</option>
          <option value="eval">{t("split.eval")}</option>
        </select>
      </label>
      <label className="row">
        <input
          type="checkbox"
          checked={filter.flagged}
          onChange={({ target }) => onChange({ flagged: target.checked })}
        />
        {t("images.filter.flagged")}
      </label>
      <label className="row">
        <input
          type="checkbox"
          checked={filter.duplicates}
          onChange={({ target }) => onChange({ duplicates: target.checked })}
        />
        {t("images.filter.duplicates")}
      </label>
      <label className="row">
        <input
          type="checkbox"
          checked={filter.withdrawn}
          onChange={({ target }) => onChange({ withdrawn: target.checked })}
        />
        {t("images.filter.withdrawn")}
      </label>
      {filter.cluster !== "" && (
        <button type="button" onClick={() => onChange({ cluster: "" })}>
          {t("images.filter.cluster")} ×
        </button>
      )}
    </form>
  );
}

/** What is sent when the form is. */
function typed({ text, source, domain, annotator, words_min, words_max, score_min, score_max }: Filter) {
  return { text, source, domain, annotator, words_min, words_max, score_min, score_max };
}
