/** A caption that waits: where it came from, what was changed, and the three verdicts. */
import type { WaitingCaption } from "../api/review";
import { duration, moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Keys } from "../keys/Keys";
import { Difference } from "../ui/Difference";

import { AltTexts } from "./AltTexts";
import { ANCHORED } from "./anchor";
import { levelLabel } from "./level_label";
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
function perLevel(left: readonly WaitingCaption[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const several = left.filter(({ levels }) => levels > 1).sort((one, other) => one.level - other.level);
  for (const { level, level_name: name } of several) {
    const label = levelLabel(level, name);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}
