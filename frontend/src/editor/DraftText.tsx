/** A draft with the words shaded that its model was unsure of. */
import type { Task } from "../api/tasks";
import { t } from "../i18n/translate";

import { confidenceSpans, UNSURE_BELOW } from "./confidence";

export function DraftText({ draft }: { readonly draft: NonNullable<Task["draft"]> }) {
  return confidenceSpans(draft.text, draft.token_logprobs).map(({ text, probability }, index) =>
    probability < UNSURE_BELOW ? (
      <mark
        key={index}
        className="unsure"
        title={t("draft.unsure", { percent: Math.round(probability * 100) })}
      >
        {text}
      </mark>
    ) : (
      <span key={index}>{text}</span>
    ),
  );
}
