/** A reviewer's own version of a caption, with a comment: the form that fixing one and merging several have in common. */
import type { ReactNode } from "react";

import { t } from "../i18n/translate";
import { charactersOver } from "../ui/length";

import { Beside } from "./Beside";
import { COMMENT_LIMIT, WordsField } from "./WordsField";

/** As it is kept. */
export interface Version {
  readonly text: string;
  readonly comment: string;
}

interface Props {
  readonly title: string;
  readonly give: string;
  readonly version: Version;
  readonly onChange: (version: Version) => void;
  readonly rows: number;
  readonly language: string;
  readonly limit: number;
  readonly canGive: boolean;
  readonly onGive: () => void;
  readonly onClose: () => void;
  readonly above?: ReactNode;
  readonly below?: ReactNode;
}

export function OwnVersion(props: Props) {
  const { title, give, version, onChange, rows, language, limit, canGive, onGive, onClose, above, below } =
    props;
  const { text, comment } = version;
  const fits = charactersOver(text, limit) === 0 && charactersOver(comment, COMMENT_LIMIT) === 0;
  return (
    <Beside title={title} give={give} canGive={canGive && fits} onGive={onGive} onClose={onClose}>
      {above}
      <WordsField
        label={t("editor.caption")}
        rows={rows}
        language={language}
        limit={limit}
        value={text}
        onChange={(words) => onChange({ ...version, text: words })}
        isFirst
      />
      {below}
      <WordsField
        label={t("review.commentOptional")}
        rows={2}
        limit={COMMENT_LIMIT}
        value={comment}
        onChange={(words) => onChange({ ...version, comment: words })}
      />
    </Beside>
  );
}
