/** What a reviewer said of a task that came back. */
import type { Task } from "../api/tasks";
import { t } from "../i18n/translate";

export function ReturnedNote({ task }: { readonly task: Task }) {
  if (task.review === null) return null;
  return (
    <div className="note warn" role="note">
      <strong>{t("returned.by", { reviewer: task.review.reviewer })}</strong>
      <p dir="auto">{task.review.comment}</p>
    </div>
  );
}
