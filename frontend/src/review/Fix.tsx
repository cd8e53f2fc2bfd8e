/** The reviewer's own version of a caption, and of its concept answers, accepted at once. */
import type { Given, WaitingCaption } from "../api/review";
import { t } from "../i18n/translate";
import { Difference } from "../text/Difference";
import { useKept } from "../ui/kept";

import { Answers } from "./Answers";
import { answersToGive, type Corrections, isCorrected } from "./answers";
import { OwnVersion } from "./OwnVersion";

interface Props {
  readonly waiting: WaitingCaption;
  readonly language: string;
  readonly limit: number;
  readonly corrections: Corrections;
  readonly onCorrect: (corrections: Corrections) => void;
  readonly onGive: (given: Given, forget: () => void) => void;
  readonly onClose: () => void;
}

export const nameOfFix = ({ id }: WaitingCaption): string => `fix.${id}`;

export function Fix({ waiting, language, limit, corrections, onCorrect, onGive, onClose }: Props) {
  const [version, setVersion, forget] = useKept(nameOfFix(waiting), { text: waiting.text, comment: "" });
  const { text, comment } = version;
  const isOther = text !== waiting.text || isCorrected(text, waiting, corrections, language);
  return (
    <OwnVersion
      title={t("review.fix")}
      give={t("review.fixButton")}
      version={version}
      onChange={setVersion}
      rows={5}
      language={language}
      limit={limit}
      canGive={text.trim() !== "" && isOther}
      onGive={() =>
        onGive({ text, comment, concepts: answersToGive(text, waiting, corrections, language) }, forget)
      }
      onClose={onClose}
      below={
        <>
          <Difference before={waiting.text} after={text} language={language} />
          <Answers
            text={text}
            waiting={waiting}
            language={language}
            corrections={corrections}
            onCorrect={onCorrect}
          />
          {waiting.siblings.map((sibling) => (
            <div className="row small" key={sibling.caption}>
              <button type="button" onClick={() => setVersion({ ...version, text: sibling.text })}>
                {t("review.takeSibling", { annotator: sibling.annotator })}
              </button>
              <span className="muted" dir="auto">
                {sibling.text}
              </span>
            </div>
          ))}
        </>
      }
    />
  );
}
