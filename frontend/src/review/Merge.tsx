/** One caption made of several: places are switched word by word between the text so far and another caption; or typed. */
import { useState } from "react";

import type { Undecided } from "../api/adjudication";
import type { Taken } from "../text/merge";
import { t } from "../i18n/translate";
import { useKept } from "../ui/kept";
import { MergeTexts } from "../text/MergeTexts";

import { OwnVersion } from "./OwnVersion";

interface Props {
  readonly undecided: Undecided;
  readonly round: number;
  readonly language: string;
  readonly limit: number;
  readonly onGive: (text: string, comment: string, forget: () => void) => void;
  readonly onClose: () => void;
}

const NONE: Taken = new Set();

export function Merge({ undecided, round, language, limit, onGive, onClose }: Props) {
  const { captions, image } = undecided;
  const first = captions[0]?.text ?? "";
  const [version, setVersion, forget] = useKept(`merge.${round}.${image.id}`, { text: first, comment: "" });
  /** What the switches go over; `version` is what they and the keyboard have made of it. */
  const [base, setBase] = useState(version.text);
  const [taken, setTaken] = useState(NONE);
  const [other, setOther] = useState(version.text === captions[1]?.text ? 0 : 1);
  const startFrom = (words: string): void => {
    setBase(words);
    setTaken(NONE);
  };
  return (
    <OwnVersion
      title={t("adjudication.merge")}
      give={t("conflict.takeMerged")}
      version={version}
      onChange={(next) => {
        setVersion(next);
        if (next.text !== version.text) startFrom(next.text);
      }}
      rows={4}
      language={language}
      limit={limit}
      canGive={version.text.trim() !== ""}
      onGive={() => onGive(version.text, version.comment, forget)}
      onClose={onClose}
      above={
        <>
          <div className="row">
            {captions.map(({ caption, annotator }, index) => (
              <button
                key={caption}
                type="button"
                aria-pressed={other === index}
                onClick={() => {
                  startFrom(version.text);
                  setOther(index);
                }}
              >
                {t("adjudication.with", { annotator })}
              </button>
            ))}
          </div>
          <p className="muted small">{t("conflict.mergeHint")}</p>
          <MergeTexts
            before={base}
            after={captions[other]?.text ?? base}
            language={language}
            taken={taken}
            onChange={(next, made) => {
              setTaken(next);
              setVersion({ ...version, text: made });
            }}
          />
        </>
      }
    />
  );
}
