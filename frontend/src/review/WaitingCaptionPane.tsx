/** A caption that waits: where it came from, what was changed, and the three verdicts. */
import type { WaitingCaption } from "../api/review";
import { duration, moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Keys } from "../keys/Keys";
import { Difference } from "../ui/Difference";

import { AltTexts } from "./AltTexts";
import { ANCHORED } from "./anchor";
import { QueueProgress } from "./QueueProgress";
import { WhyItWaits } from "./WhyItWaits";

interface Props {
  readonly waiting: WaitingCaption;
  readonly language: string;
  readonly left: readonly WaitingCaption[];
  readonly decided: number;
  readonly onAccept: () => void;
  readonly onReturn: () => void;
  readonly onFix: () => void;
}

export function WaitingCaptionPane({ waiting, language, left, decided, onAccept, onReturn, onFix }: Props) {
  const { annotator, created_at, seconds } = waiting;
  return (
    <div className="words">
      <QueueProgress left={left.length} decided={decided} levels={perLevel(left)} />
      <WhyItWaits waiting={waiting} />
      <AltTexts texts={waiting.alt_texts} language={language} />
      <section className="review-caption">
        <h2>{t("review.caption")}</h2>
        <p className={ANCHORED} dir="auto" lang={language}>
          {waiting.text}
        </p>
        <p className="muted small">
          {annotator} · {moment(created_at)}
          {seconds !== null && ` · ${duration(seconds)}`}
        </p>
      </section>
      <section className="difference-pane">
        <header>
          <h2>{t("review.difference", { source: t(`source.${waiting.starting_source}`) })}</h2>
        </header>
        <Difference before={waiting.starting_text} after={waiting.text} language={language} />
      </section>
      {waiting.siblings.map((sibling) => (
        <section className="difference-pane" key={sibling.caption}>
          <header>
            <h2>{t("review.sibling", { annotator: sibling.annotator })}</h2>
          </header>
          <Difference before={waiting.text} after={sibling.text} language={language} />
        </section>
      ))}
      <footer className="action-bar">
        <button type="button" onClick={onReturn}>
          {t("review.return")} <Keys command="returnIt" />
        </button>
        <button type="button" onClick={onFix}>
          {t("review.fix")} <Keys command="fix" />
        </button>
        <button type="button" className="primary" onClick={onAccept}>
          {t("review.accept")} <Keys command="accept" />
        </button>
      </footer>
    </div>
  );
}

/** How many wait at each level; none where the round has one level only. */
function perLevel(left: readonly WaitingCaption[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { level, levels } of left) if (levels > 1) counts.set(level, (counts.get(level) ?? 0) + 1);
  return new Map([...counts].sort());
}
