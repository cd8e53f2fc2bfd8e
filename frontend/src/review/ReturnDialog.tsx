/** Sends a caption back to its author, who has to know why. */
import { useId, useState } from "react";

import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";

interface Props {
  /** The words that were selected when the dialog was opened. */
  readonly quote: string | null;
  readonly onGive: (comment: string) => void;
  readonly onClose: () => void;
}

export function ReturnDialog({ quote, onGive, onClose }: Props) {
  const [comment, setComment] = useState("");
  const id = useId();
  return (
    <Dialog title={t("review.return")} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onGive(comment);
        }}
      >
        {quote !== null && (
          <blockquote className="note" dir="auto">
            {quote}
          </blockquote>
        )}
        <div className="field">
          <label htmlFor={id}>{t("review.comment")}</label>
          <textarea
            id={id}
            rows={4}
            dir="auto"
            maxLength={5000}
            value={comment}
            onChange={({ target }) => setComment(target.value)}
          />
          <span className="hint">{t("review.commentHint")}</span>
        </div>
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            {t("action.cancel")}
          </button>
          <button type="submit" className="primary" disabled={comment.trim() === ""}>
            {t("review.return")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
