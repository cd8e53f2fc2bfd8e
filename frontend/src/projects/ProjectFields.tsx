/** What a project is called, its language and how long a caption may be: when it is made, and later. */
import { useId } from "react";

import { BOUNDS } from "../api/request_options";
import { NumberField } from "../ui/NumberField";
import { t } from "../i18n/translate";

import { LanguageField } from "./LanguageField";

export interface ProjectBasics {
  readonly name: string;
  readonly language: string;
  readonly caption_limit: number;
}

interface Props {
  readonly basics: ProjectBasics;
  readonly onChange: (change: Partial<ProjectBasics>) => void;
}

export function ProjectFields({ basics, onChange }: Props) {
  const id = useId();
  return (
    <div className="field-grid">
      <div className="field">
        <label htmlFor={id}>{t("project.name")}</label>
        <input
          id={id}
          value={basics.name}
          required
          {...BOUNDS.NewProjectRequest.name}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => onChange({ name: target.value })}
        />
        <span className="hint" id={`${id}-hint`}>
          {t("project.nameHint")}
        </span>
      </div>
      <LanguageField value={basics.language} onChange={(language) => onChange({ language })} />
      <NumberField
        label={t("project.captionLimit")}
        hint={t("project.captionLimitHint")}
        value={basics.caption_limit}
        {...BOUNDS.NewProjectRequest.caption_limit}
        onChange={(caption_limit) => onChange({ caption_limit })}
      />
    </div>
  );
}
