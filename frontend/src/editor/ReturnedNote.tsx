/** What a reviewer said of a task that came back. */
import type { Task } from "../api/tasks";
import { t } from "../i18n/translate";

export function ReturnedNote({ task }: { readonly task: Task }) {
  if (task.review === null) return null;
  const { anchor, caption_text: read, comment } = task.review;
  const quote = anchor === null ? "" : read.slice(anchor[0], anchor[1]);
  return (
    <div className="note warn" role="note">
      <strong>{t("returned.by", { reviewer: task.review.reviewer })}</strong>
      {quote !== "" && (
        <blockquote dir="auto">
          <mark>{quote}</mark>
        </blockquote>
      )}
      <p dir="auto">{comment}</p>
    </div>
  );
}
