/** One practice picture: its alt-text to edit, and at every key what is right already and what is not. */
import { useId, useState } from "react";

import { t } from "../i18n/translate";
import { Difference } from "../ui/Difference";

import { judge } from "./judge";
import type { Lesson } from "./lessons";

interface Props {
  readonly lesson: Lesson;
  readonly language: string;
  readonly at: number;
  readonly all: number;
  readonly onNext: () => void;
}

export function PracticeTask({ lesson, language, at, all, onNext }: Props) {
  const [text, setText] = useState(lesson.startingText);
  const [shows, setShows] = useState(false);
  const id = useId();
  const judged = judge(lesson, text, language);
  const isDone = judged.every(({ met }) => met);
  return (
    <form
      className="practice"
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) onNext();
      }}
    >
      <img src={lesson.picture} alt={text} />
      <div className="stack">
        <p className="muted small">{t("practice.at", { at: at + 1, all })}</p>
        <p>{lesson.about}</p>
        <div className="field">
          <label htmlFor={id}>{t("editor.caption")}</label>
          <textarea
            id={id}
            rows={4}
            lang={language}
            dir="auto"
            spellCheck
            value={text}
            onChange={({ target }) => setText(target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }
            }}
          />
        </div>
        <Difference before={lesson.startingText} after={text} language={language} />
        <ul className="rules" aria-live="polite">
          {judged.map(({ rule, met }) => (
            <li key={rule.label} className={met ? "met" : ""}>
              <strong>
                {met ? t("practice.met") : t("practice.unmet")} {rule.label}
              </strong>
              {!met && rule.advice !== "" && <span> {rule.advice}</span>}
            </li>
          ))}
        </ul>
        {shows && <p className="note">{lesson.example}</p>}
        <div className="row">
          <button type="button" onClick={() => setShows(true)}>
            {t("practice.show")}
          </button>
          <button type="button" onClick={onNext}>
            {t("practice.pass")}
          </button>
          <button type="submit" className="primary" disabled={!isDone}>
            {t("practice.next")}
          </button>
        </div>
      </div>
    </form>
  );
}
