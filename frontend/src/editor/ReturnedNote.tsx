/** What a reviewer said of a task that came back, with the words that it is about where they stand. */
import type { Task } from "../api/tasks";
import { t } from "../i18n/translate";
import { cutAt } from "../ui/anchor";

export function ReturnedNote({ task }: { readonly task: Task }) {
  if (task.review === null) return null;
  const { anchor, caption_text: read, comment, reviewer } = task.review;
  const [start = 0, end = 0] = anchor ?? [];
  const [before, words, after] = cutAt(read, [start, end]);
  return (
    <div className="note warn returned" role="note">
      <strong>{t("returned.by", { reviewer })}</strong>
      <p dir="auto">{comment}</p>
      {words !== "" && (
        <blockquote dir="auto">
          {before}
          <mark>{words}</mark>
          {after}
        </blockquote>
      )}
    </div>
  );
}
