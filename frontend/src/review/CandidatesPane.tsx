/** The captions of one image side by side, the later ones as differences from the first. */
import type { Undecided } from "../api/adjudication";
import { duration } from "../i18n/format";
import { t } from "../i18n/translate";
import { CommandButton } from "../keys/CommandButton";
import { Difference } from "../text/Difference";

import { AltTexts } from "./AltTexts";
import { type AtCandidates, merge, pick, PICKS } from "./commands";
import { QueueProgress } from "./QueueProgress";

interface Props {
  /** What the buttons act on. */
  readonly at: AtCandidates;
  readonly undecided: Undecided;
  readonly language: string;
  readonly left: number;
  readonly decided: number;
}

export function CandidatesPane({ at, undecided, language, left, decided }: Props) {
  const [first] = undecided.captions;
  return (
    <div className="words desk">
      <QueueProgress left={left} decided={decided} />
      <AltTexts texts={undecided.alt_texts} language={language} />
      {/* Many or long ones are scrolled. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="candidates" role="region" aria-label={t("adjudication.title")} tabIndex={0}>
        {undecided.captions.map((candidate, place) => {
          const command = PICKS[place];
          const words = t("adjudication.pick", { annotator: candidate.annotator });
          return (
            <section className="card stack" key={candidate.caption}>
              <h2>
                {candidate.annotator}
                {candidate.seconds !== null && (
                  <span className="muted small"> {duration(candidate.seconds)}</span>
                )}
              </h2>
              {place === 0 || first === undefined ? (
                <p className="difference" dir="auto" lang={language}>
                  {candidate.text}
                </p>
              ) : (
                <Difference before={first.text} after={candidate.text} language={language} />
              )}
              {command === undefined ? (
                <button type="button" onClick={() => pick(at, place)}>
                  {words}
                </button>
              ) : (
                <CommandButton command={command} context={at}>
                  {words}
                </CommandButton>
              )}
            </section>
          );
        })}
      </div>
      <footer className="action-bar">
        <CommandButton command={merge} context={at} look="primary" />
      </footer>
    </div>
  );
}
