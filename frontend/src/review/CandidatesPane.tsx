/** The captions of one image side by side, the later ones as differences from the first. */
import type { Undecided } from "../api/adjudication";
import { duration } from "../i18n/format";
import { t } from "../i18n/translate";
import { Keys } from "../keys/Keys";
import { Difference } from "../text/Difference";

import { PICKS } from "./picks";
import { AltTexts } from "./AltTexts";
import { QueueProgress } from "./QueueProgress";

interface Props {
  readonly undecided: Undecided;
  readonly language: string;
  readonly left: number;
  readonly decided: number;
  readonly onPick: (at: number) => void;
  readonly onMerge: () => void;
}

export function CandidatesPane({ undecided, language, left, decided, onPick, onMerge }: Props) {
  const [first] = undecided.captions;
  return (
    <div className="words desk">
      <QueueProgress left={left} decided={decided} />
      <AltTexts texts={undecided.alt_texts} language={language} />
      {/* Many or long ones are scrolled. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="candidates" role="region" aria-label={t("adjudication.title")} tabIndex={0}>
        {undecided.captions.map((candidate, at) => {
          const command = PICKS[at];
          return (
            <section className="card stack" key={candidate.caption}>
              <h2>
                {candidate.annotator}
                {candidate.seconds !== null && (
                  <span className="muted small"> {duration(candidate.seconds)}</span>
                )}
              </h2>
              {at === 0 || first === undefined ? (
                <p className="difference" dir="auto" lang={language}>
                  {candidate.text}
                </p>
              ) : (
                <Difference before={first.text} after={candidate.text} language={language} />
              )}
              <button type="button" onClick={() => onPick(at)}>
                {t("adjudication.pick", { annotator: candidate.annotator })}{" "}
                {command !== undefined && <Keys command={command} />}
              </button>
            </section>
          );
        })}
      </div>
      <footer className="action-bar">
        <button type="button" className="primary" onClick={onMerge}>
          {t("adjudication.merge")} <Keys command="merge" />
        </button>
      </footer>
    </div>
  );
}
