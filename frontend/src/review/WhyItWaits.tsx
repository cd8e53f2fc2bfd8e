/** Why a caption waits, and for whom: its level of review with what earlier levels said, flags, lateness, a failed check. */
import type { WaitingCaption } from "../api/review";
import { t } from "../i18n/translate";

import { levelLabel } from "./level_label";

export function WhyItWaits({ waiting }: { readonly waiting: WaitingCaption }) {
  const {
    level,
    level_name: name,
    levels,
    earlier_reviews: earlier,
    late,
    flagged,
    flag_reason,
    flag_note,
    check,
  } = waiting;
  return (
    <>
      {levels > 1 && (
        <p className="badge">
          {name !== "" && (
            <>
              <bdi>{name}</bdi>
              {" · "}
            </>
          )}
          {t("review.level", { level, levels })}
        </p>
      )}
      {earlier.map((review) => (
        <p className="note" dir="auto" key={review.level}>
          {t("review.earlier", {
            level: levelLabel(review.level, review.level_name),
            reviewer: review.reviewer,
            verdict: t(`verdict.${review.verdict}`),
          })}{" "}
          {review.comment}
        </p>
      ))}
      {late && <p className="note warn">{t("review.late")}</p>}
      {flagged && (
        <p className="note warn" dir="auto">
          {t("review.flagged", { note: [flag_reason, flag_note].filter((part) => part !== "").join(". ") })}
        </p>
      )}
      {check?.passed === false && (
        <p className="note warn" dir="auto">
          {t("review.failedCheck", {
            kind: t(`check.${check.kind}`),
            wrong: check.wrong,
            right: check.right,
          })}
        </p>
      )}
    </>
  );
}
