/** One caption made of several: places are switched word by word between the text so far and another caption; or typed. */
import { useId, useState } from "react";

import type { Undecided } from "../api/adjudication";
import type { Taken } from "../editor/merge";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { MergeTexts } from "../ui/MergeTexts";

interface Props {
  readonly undecided: Undecided;
  readonly language: string;
  readonly limit: number;
  readonly onGive: (text: string, comment: string) => void;
  readonly onClose: () => void;
}

const NONE: Taken = new Set();

export function MergeDialog({ undecided, language, limit, onGive, onClose }: Props) {
  const { captions } = undecided;
  /** What the switches go over, and what they and the keyboard have made of it. */
  const [base, setBase] = useState(captions[0]?.text ?? "");
  const [text, setText] = useState(base);
  const [taken, setTaken] = useState(NONE);
  const [other, setOther] = useState(1);
  const [comment, setComment] = useState("");
  const id = useId();
  const startFrom = (words: string): void => {
    setText(words);
    setBase(words);
    setTaken(NONE);
  };
  return (
    <Dialog title={t("adjudication.merge")} onClose={onClose} look="wide">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onGive(text, comment);
        }}
      >
        {captions.length > 2 && (
          <div className="row">
            {captions.slice(1).map(({ caption, annotator }, index) => (
              <button
                key={caption}
                type="button"
                aria-pressed={other === index + 1}
                onClick={() => {
                  startFrom(text);
                  setOther(index + 1);
                }}
              >
                {t("adjudication.with", { annotator })}
              </button>
            ))}
          </div>
        )}
        <p className="muted small">{t("conflict.mergeHint")}</p>
        <MergeTexts
          before={base}
          after={captions[other]?.text ?? base}
          language={language}
          taken={taken}
          onChange={(next, made) => {
            setTaken(next);
            setText(made);
          }}
        />
        <div className="field">
          <label htmlFor={`${id}-text`}>{t("editor.caption")}</label>
          <textarea
            id={`${id}-text`}
            rows={5}
            dir="auto"
            lang={language}
            spellCheck
            maxLength={limit}
            value={text}
            onChange={({ target }) => startFrom(target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-comment`}>{t("review.commentOptional")}</label>
          <input
            id={`${id}-comment`}
            dir="auto"
            maxLength={5000}
            value={comment}
            onChange={({ target }) => setComment(target.value)}
          />
        </div>
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            {t("action.cancel")}
          </button>
          <button type="submit" className="primary" disabled={text.trim() === ""}>
            {t("conflict.takeMerged")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
