/** One practice picture: its alt-text to edit, and at every key what is right already and what is not. */
import { useId, useMemo, useState } from "react";

import { t } from "../i18n/translate";
import { conceptLedger, phrasesOfTask } from "../editor/concepts";
import { Difference } from "../text/Difference";
import { useKept } from "../ui/kept";
import { pressMainButton } from "../ui/main_button";
import { Picture } from "../ui/Picture";

import { judge } from "./judge";
import type { Lesson } from "./lessons";

interface Props {
  /** Of the project: what is typed is kept under it. */
  readonly name: string;
  readonly lesson: Lesson;
  readonly language: string;
  readonly at: number;
  readonly all: number;
  readonly onNext: () => void;
}

export function PracticeTask({ name, lesson, language, at, all, onNext }: Props) {
  const [text, setText, forget] = useKept(`practice.${name}.${lesson.picture}`, lesson.startingText);
  const [shows, setShows] = useState(false);
  const id = useId();
  const judged = judge(lesson, text, language);
  const isDone = judged.every(({ met }) => met);
  const phrases = useMemo(
    () => phrasesOfTask({ alt_texts: [lesson.startingText], phrases: [] }, language),
    [lesson, language],
  );
  const next = (): void => {
    forget();
    onNext();
  };
  return (
    <form
      className="practice"
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) next();
      }}
    >
      <Picture src={lesson.picture} alt={text} />
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
            onKeyDown={pressMainButton}
          />
        </div>
        <section>
          <h2 className="small muted">{t("difference.title")}</h2>
          <Difference before={lesson.startingText} after={text} language={language} />
        </section>
        <section className="concepts" aria-label={t("concepts.title")}>
          <h2 className="small muted">{t("concepts.title")}</h2>
          <ul>
            {conceptLedger(phrases, text, {}, language).map(({ phrase, outcome }) => (
              <li key={phrase} className={outcome === "kept" ? "chip kept" : "chip undecided"}>
                {phrase}{" "}
                <span className="fate">{t(outcome === "kept" ? "concept.kept" : "concept.undecided")}</span>
              </li>
            ))}
          </ul>
        </section>
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
          <button type="button" onClick={next}>
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
