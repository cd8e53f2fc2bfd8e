/** The reviewer's own version of a caption, accepted at once. */
import { useId, useState } from "react";

import type { WaitingCaption } from "../api/review";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Difference } from "../ui/Difference";

interface Props {
  readonly waiting: WaitingCaption;
  readonly language: string;
  readonly limit: number;
  readonly onGive: (text: string, comment: string) => void;
  readonly onClose: () => void;
}

export function FixDialog({ waiting, language, limit, onGive, onClose }: Props) {
  const [text, setText] = useState(waiting.text);
  const [comment, setComment] = useState("");
  const id = useId();
  return (
    <Dialog title={t("review.fix")} onClose={onClose} look="wide">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onGive(text, comment);
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-text`}>{t("editor.caption")}</label>
          <textarea
            id={`${id}-text`}
            rows={7}
            dir="auto"
            lang={language}
            spellCheck
            maxLength={limit}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </div>
        <Difference before={waiting.text} after={text} language={language} />
        {waiting.siblings.map((sibling) => (
          <div className="row small" key={sibling.caption}>
            <button type="button" onClick={() => setText(sibling.text)}>
              {t("review.takeSibling", { annotator: sibling.annotator })}
            </button>
            <span className="muted" dir="auto">
              {sibling.text}
            </span>
          </div>
        ))}
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
          <button type="submit" className="primary" disabled={text.trim() === "" || text === waiting.text}>
            {t("review.fixButton")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
