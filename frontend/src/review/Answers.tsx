/** What the author says became of the alt-text's phrases; the reviewer may say otherwise. */
import { useId } from "react";

import type { WaitingCaption } from "../api/review";
import type { Concept, Decision } from "../editor/concepts";
import { t } from "../i18n/translate";

import { answersIn, type Corrections } from "./answers";

type Fate =
  "kept" | "kept_on_trust" | "not_in_image" | "wrong" | "redundant" | "unsure" | "corrected" | "undecided";

const IN_THE_CAPTION: readonly Fate[] = ["kept", "kept_on_trust"];
const NOT_IN_IT: readonly Fate[] = ["undecided", "not_in_image", "wrong", "redundant", "unsure", "corrected"];

interface Props {
  /** The caption, or the reviewer's own version. */
  readonly text: string;
  readonly waiting: WaitingCaption;
  readonly language: string;
  readonly corrections: Corrections;
  readonly onCorrect: (corrections: Corrections) => void;
}

export function Answers({ text, waiting, language, corrections, onCorrect }: Props) {
  const id = useId();
  const answers = answersIn(text, waiting, corrections, language);
  const before = new Map(answersIn(text, waiting, {}, language).map((one) => [one.phrase, fateOf(one)]));
  if (answers.length === 0) return null;
  return (
    <section className="concepts answers" aria-labelledby={id}>
      <header>
        <h2 id={id}>{t("review.answers")}</h2>
        <span className="muted small">{t("review.answersHint")}</span>
      </header>
      {/* They may be many: then they are scrolled, with the keyboard too. */}
      <ul>
        {answers.map((answer) => {
          const { phrase } = answer;
          const fate = fateOf(answer);
          const isOther = fate !== before.get(phrase);
          return (
            <li key={phrase}>
              <label
                className={`chip ${answer.undecided || fate === "undecided" ? "undecided" : answer.outcome}`}
              >
                <span dir="auto">{phrase}</span>
                <select
                  value={fate}
                  onChange={({ target }) => {
                    const { [phrase]: _old, ...others } = corrections;
                    const said = FATES.find((each) => each === target.value) ?? "undecided";
                    onCorrect(
                      said === before.get(phrase) ? others : { ...others, [phrase]: decisionFor(said) },
                    );
                  }}
                >
                  {(IN_THE_CAPTION.includes(fate) ? IN_THE_CAPTION : NOT_IN_IT).map((each) => (
                    <option key={each} value={each}>
                      {t(`concept.${each}`)}
                    </option>
                  ))}
                </select>
                {isOther && <span className="fate">{t("review.corrected")}</span>}
              </label>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const FATES = [...IN_THE_CAPTION, ...NOT_IN_IT];

function fateOf({ outcome, reason }: Concept): Fate {
  return outcome === "dropped" ? (reason ?? "undecided") : outcome;
}

function decisionFor(fate: Fate): Decision {
  if (fate === "kept" || fate === "kept_on_trust" || fate === "corrected")
    return { outcome: fate, reason: null };
  return { outcome: "dropped", reason: fate === "undecided" ? null : fate };
}
