/** One of the person's own captions: what they changed, what reviewers changed in it and why, and the way back to it. */
import { useMutation } from "@tanstack/react-query";

import type { Caption } from "../api/captions";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Difference } from "../text/Difference";
import { Picture } from "../ui/Picture";
import { Trouble } from "../ui/Trouble";

type Review = Caption["reviews"][number];
type Answer = Review["concept_changes"][number]["before"];

interface Props {
  readonly caption: Caption;
  readonly language: string;
  readonly onReopen: (caption: number, task: number) => Promise<void>;
}

export function OwnCaption({ caption, language, onReopen }: Props) {
  const { id, task, text, starting_text: start, reviews } = caption;
  const reopen = useMutation({ mutationFn: () => onReopen(id, task) });
  return (
    <article className="card kept-text">
      <Picture src={caption.thumbnail_url} alt="" />
      <div className="stack">
        <div className="card-head small">
          <span className="muted">{moment(caption.created_at)}</span>
          {caption.review !== null && (
            <span className={caption.review.verdict === "returned" ? "badge bad" : "badge good"}>
              {t(`verdict.${caption.review.verdict}`)}
            </span>
          )}
        </div>
        <Difference before={start} after={text} language={language} />
        {reviews.map((review, at) => (
          <Reviewed
            key={review.level}
            review={review}
            read={reviews.slice(0, at).findLast((one) => one.fixed_text !== null)?.fixed_text ?? text}
            language={language}
          />
        ))}
        {reopen.isError && <Trouble error={reopen.error} />}
        {caption.can_reopen && (
          <div>
            <button type="button" disabled={reopen.isPending} onClick={() => reopen.mutate()}>
              {t("myWork.reopen")}
            </button>
          </div>
        )}
      </div>
    </article>
  );
}

interface ReviewedProps {
  readonly review: Review;
  /** The text that the reviewer read. */
  readonly read: string;
  readonly language: string;
}

function Reviewed({ review, read, language }: ReviewedProps) {
  const { reviewer, verdict, comment, fixed_text: fixed, concept_changes: changes } = review;
  if (comment === "" && fixed === null) return null;
  return (
    <div className="note stack">
      <strong className="small">{t("myWork.said", { reviewer, verdict: t(`verdict.${verdict}`) })}</strong>
      {comment !== "" && <p dir="auto">{comment}</p>}
      {fixed !== null && fixed !== read && <Difference before={read} after={fixed} language={language} />}
      {changes.length > 0 && (
        <ul className="small">
          {changes.map(({ phrase, before, after }) => (
            <li key={phrase}>
              {t("myWork.answerChanged", { phrase, before: fateOf(before), after: fateOf(after) })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function fateOf(answer: Answer): string {
  if (answer === null) return t("myWork.noAnswer");
  if (answer.outcome !== "dropped") return t(`concept.${answer.outcome}`);
  return answer.reason === "" ? t("concept.undecided") : t(`concept.${answer.reason}`);
}
