/** A reviewer's own version of a caption, with a comment: the form that fixing one and merging several have in common. */
import { type ReactNode, useId, useState } from "react";

import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";

interface Props {
  readonly title: string;
  /** What the button says that gives it. */
  readonly give: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly rows: number;
  readonly language: string;
  readonly limit: number;
  readonly canGive: boolean;
  readonly onGive: (text: string, comment: string) => void;
  readonly onClose: () => void;
  readonly above?: ReactNode;
  readonly below?: ReactNode;
}

export function OwnVersionDialog(props: Props) {
  const { title, give, text, onText, rows, language, limit, canGive, onGive, onClose, above, below } = props;
  const [comment, setComment] = useState("");
  const id = useId();
  return (
    <Dialog title={title} onClose={onClose} look="wide">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onGive(text, comment);
        }}
      >
        {above}
        <div className="field">
          <label htmlFor={`${id}-text`}>{t("editor.caption")}</label>
          <textarea
            id={`${id}-text`}
            rows={rows}
            dir="auto"
            lang={language}
            spellCheck
            maxLength={limit}
            value={text}
            onChange={({ target }) => onText(target.value)}
          />
        </div>
        {below}
        <div className="field">
          <label htmlFor={`${id}-comment`}>{t("review.commentOptional")}</label>
          <input
            id={`${id}-comment`}
            dir="auto"
            maxLength={5000}
            value={comment}
            onChange={({ target }) => setComment(target.value)}
          />
        </div>
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            {t("action.cancel")}
          </button>
          <button type="submit" className="primary" disabled={!canGive}>
            {give}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
