/** Sends a caption back to its author, who has to know why. */
import type { Given, WaitingCaption } from "../api/review";
import { t } from "../i18n/translate";
import { useKept } from "../ui/kept";
import { charactersOver } from "../ui/length";

import { type Anchor, cutAt } from "../ui/anchor";
import { Beside } from "./Beside";
import { COMMENT_LIMIT, WordsField } from "./WordsField";

interface Props {
  readonly waiting: WaitingCaption;
  readonly language: string;
  /** The words that were selected when the form was opened. */
  readonly selected: Anchor | null;
  readonly onGive: (given: Given, forget: () => void) => void;
  readonly onClose: () => void;
}

export const nameOfReturn = ({ id }: WaitingCaption): string => `return.${id}`;

export function Return({ waiting, language, selected, onGive, onClose }: Props) {
  const [comment, setComment, forget] = useKept(nameOfReturn(waiting), "");
  const [kept, keepAnchor, forgetAnchor] = useKept<number[]>(`${nameOfReturn(waiting)}.anchor`, []);
  const anchor: Anchor | null = selected ?? (kept.length === 2 ? [kept[0] ?? 0, kept[1] ?? 0] : null);
  const change = (words: string): void => {
    setComment(words);
    if (anchor !== null) keepAnchor([...anchor]);
  };
  const [before, words, after] = cutAt(waiting.text, anchor ?? [0, 0]);
  return (
    <Beside
      title={t("review.return")}
      give={t("review.return")}
      canGive={comment.trim() !== "" && charactersOver(comment, COMMENT_LIMIT) === 0}
      onGive={() =>
        onGive({ comment, anchor }, () => {
          forget();
          forgetAnchor();
        })
      }
      onClose={onClose}
    >
      <blockquote className="note" dir="auto" lang={language}>
        {before}
        {words !== "" && <mark>{words}</mark>}
        {after}
      </blockquote>
      <WordsField
        label={t("review.comment")}
        hint={t("review.commentHint")}
        rows={5}
        limit={COMMENT_LIMIT}
        value={comment}
        onChange={change}
        isFirst
      />
    </Beside>
  );
}
