/** One practice picture as an admin writes it: the text to start from, what a good caption has and has not, and such a one. */
import { type ReactNode, useId, useState } from "react";

import type { OwnLesson } from "../api/lessons";
import { t } from "../i18n/translate";
import { Picture } from "../ui/Picture";

import { judge } from "./judge";
import { groupsAsText, groupsIn, linesIn, practisable } from "./own_lessons";

interface Props {
  readonly lesson: OwnLesson;
  readonly language: string;
  readonly at: number;
  readonly onChange: (changes: Partial<OwnLesson>) => void;
  readonly onRemove: () => void;
}

export function LessonForm({ lesson, language, at, onChange, onRemove }: Props) {
  const [has, setHas] = useState(groupsAsText(lesson.has));
  const [lacks, setLacks] = useState(lesson.lacks.join("\n"));
  const unmet = judge(practisable(lesson), lesson.example, language).filter(({ met }) => !met);
  const asItCame = judge(practisable(lesson), lesson.starting_text, language);
  return (
    <fieldset className="card practice" aria-label={t("lessons.one", { number: at + 1 })}>
      <Picture src={lesson.image_url} alt={lesson.starting_text} />
      <div className="stack">
        <Words
          label={t("lessons.startingText")}
          value={lesson.starting_text}
          onChange={(starting_text) => onChange({ starting_text })}
        />
        <Words label={t("lessons.lookAt")} value={lesson.about} onChange={(about) => onChange({ about })} />
        <Words
          label={t("lessons.has")}
          hint={t("lessons.hasHint")}
          value={has}
          onChange={(text) => {
            setHas(text);
            onChange({ has: groupsIn(text) });
          }}
        />
        <Words
          label={t("lessons.lacks")}
          hint={t("lessons.lacksHint")}
          value={lacks}
          onChange={(text) => {
            setLacks(text);
            onChange({ lacks: linesIn(text) });
          }}
        />
        <Words
          label={t("lessons.example")}
          value={lesson.example}
          onChange={(example) => onChange({ example })}
        >
          <ul className="rules" aria-live="polite">
            {unmet.map(({ rule }) => (
              <li key={rule.label}>{t("lessons.exampleUnmet", { rule: rule.label })}</li>
            ))}
            {asItCame.every(({ met }) => met) && <li>{t("lessons.nothingToDo")}</li>}
          </ul>
        </Words>
        <div>
          <button type="button" onClick={onRemove}>
            {t("action.remove")}
          </button>
        </div>
      </div>
    </fieldset>
  );
}

interface WordsProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly children?: ReactNode;
}

function Words({ label, hint, value, onChange, children }: WordsProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={2} dir="auto" value={value} onChange={({ target }) => onChange(target.value)} />
      {hint !== undefined && <span className="hint">{hint}</span>}
      {children}
    </div>
  );
}
