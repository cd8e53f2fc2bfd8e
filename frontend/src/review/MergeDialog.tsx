/** One caption made of several: places are switched word by word between the text so far and another caption; or typed. */
import { useState } from "react";

import type { Undecided } from "../api/adjudication";
import type { Taken } from "../editor/merge";
import { t } from "../i18n/translate";
import { MergeTexts } from "../ui/MergeTexts";

import { OwnVersionDialog } from "./OwnVersionDialog";

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
  const startFrom = (words: string): void => {
    setText(words);
    setBase(words);
    setTaken(NONE);
  };
  return (
    <OwnVersionDialog
      title={t("adjudication.merge")}
      give={t("conflict.takeMerged")}
      text={text}
      onText={startFrom}
      rows={5}
      language={language}
      limit={limit}
      canGive={text.trim() !== ""}
      onGive={onGive}
      onClose={onClose}
      above={
        <>
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
        </>
      }
    />
  );
}
