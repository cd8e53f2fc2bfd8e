/** A caption that waits: where it came from, what was changed, and the three verdicts. */
import type { ReactNode } from "react";

import type { WaitingCaption } from "../api/review";
import { duration, moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { CommandButton } from "../keys/CommandButton";
import { Difference } from "../text/Difference";

import { AltTexts } from "./AltTexts";
import { ANCHORED } from "../ui/anchor";
import { Answers } from "./Answers";
import { isCorrected } from "./answers";
import { accept, type AtCaption, fix, returnIt } from "./commands";
import { levelLabel } from "./level_label";
import { WhyItWaits } from "./WhyItWaits";

interface Props {
  /** What the buttons act on. */
  readonly at: AtCaption;
  readonly onCorrect: (corrections: AtCaption["corrections"]) => void;
  /** Whether words of a return, of a fix are kept that were not given. */
  readonly begun: readonly [isReturnBegun: boolean, isFixBegun: boolean];
  readonly onLeave: (() => void) | null;
  readonly progress: ReactNode;
}

export function WaitingCaptionPane(props: Props) {
  const { at, onCorrect, begun, onLeave, progress } = props;
  const { waiting, language, corrections } = at;
  const { annotator, created_at, seconds, own_verdict: own } = waiting;
  const [isReturnBegun, isFixBegun] = begun;
  return (
    <div className="words desk">
      {progress}
      {/* Long ones are scrolled, the verdicts stay in sight. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="desk-scroll" role="region" aria-label={t("review.caption")} tabIndex={0}>
        {own !== null && (
          <div className="note warn row">
            <span>{t("review.acceptedBefore", { moment: moment(own.created_at) })}</span>
            {onLeave !== null && (
              <button type="button" onClick={onLeave}>
                {t("review.leaveIt")}
              </button>
            )}
          </div>
        )}
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
        <section>
          <h2>{t("review.difference", { source: t(`source.${waiting.starting_source}`) })}</h2>
          <Difference before={waiting.starting_text} after={waiting.text} language={language} />
        </section>
        <Answers
          text={waiting.text}
          waiting={waiting}
          language={language}
          corrections={corrections}
          onCorrect={onCorrect}
        />
        {waiting.siblings.map((sibling) => (
          <section key={sibling.caption}>
            <h2>{t("review.sibling", { annotator: sibling.annotator })}</h2>
            <Difference before={waiting.text} after={sibling.text} language={language} />
          </section>
        ))}
      </div>
      <footer className="action-bar">
        <CommandButton command={returnIt} context={at}>
          {isReturnBegun ? t("review.returnGoOn") : null}
        </CommandButton>
        <CommandButton command={fix} context={at}>
          {isFixBegun ? t("review.fixGoOn") : null}
        </CommandButton>
        <CommandButton command={accept} context={at} look="primary">
          {isCorrected(waiting.text, waiting, corrections, language) ? t("review.acceptCorrected") : null}
        </CommandButton>
      </footer>
    </div>
  );
}

/** How many wait at each level; none where the round has one level only. */
export function perLevel(left: readonly WaitingCaption[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const several = left.filter(({ levels }) => levels > 1).sort((one, other) => one.level - other.level);
  for (const { level, level_name: name } of several) {
    const label = levelLabel(level, name);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}
