/** The reviewer's own version of a caption, accepted at once. */
import { useState } from "react";

import type { WaitingCaption } from "../api/review";
import { t } from "../i18n/translate";
import { Difference } from "../ui/Difference";

import { OwnVersionDialog } from "./OwnVersionDialog";

interface Props {
  readonly waiting: WaitingCaption;
  readonly language: string;
  readonly limit: number;
  readonly onGive: (text: string, comment: string) => void;
  readonly onClose: () => void;
}

export function FixDialog({ waiting, language, limit, onGive, onClose }: Props) {
  const [text, setText] = useState(waiting.text);
  return (
    <OwnVersionDialog
      title={t("review.fix")}
      give={t("review.fixButton")}
      text={text}
      onText={setText}
      rows={7}
      language={language}
      limit={limit}
      canGive={text.trim() !== "" && text !== waiting.text}
      onGive={onGive}
      onClose={onClose}
      below={
        <>
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
        </>
      }
    />
  );
}
