/** A draft with the words shaded that its model was unsure of. */
import type { Task } from "../api/tasks";
import { t } from "../i18n/translate";

export function DraftText({ draft }: { readonly draft: NonNullable<Task["draft"]> }) {
  return draft.pieces.map((text, index) =>
    index % 2 === 1 ? (
      <mark key={index} className="unsure" title={t("draft.unsure")}>
        {text}
      </mark>
    ) : (
      <span key={index}>{text}</span>
    ),
  );
}
