/** A text field that cuts nothing off: what is too long is said, and kept. */
import { useId, useRef, useEffect } from "react";

import { t } from "../i18n/translate";
import { charactersOver } from "../ui/length";

/** Of a comment, in characters. */
export const COMMENT_LIMIT = 5000;

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** In characters, as the server counts them. */
  readonly limit: number;
  readonly rows: number;
  readonly language?: string | undefined;
  readonly hint?: string;
  /** The field that the form is opened for. */
  readonly isFirst?: boolean;
}

export function WordsField({ label, value, onChange, limit, rows, language, hint, isFirst = false }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const over = charactersOver(value, limit);
  useEffect(() => {
    if (isFirst) field.current?.focus();
  }, [isFirst]);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        ref={field}
        rows={rows}
        dir="auto"
        lang={language}
        spellCheck
        aria-invalid={over > 0}
        aria-describedby={over > 0 || hint !== undefined ? `${id}-hint` : undefined}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      {(over > 0 || hint !== undefined) && (
        <span className={over > 0 ? "hint bad" : "hint"} id={`${id}-hint`}>
          {over > 0 ? t("field.over", { count: over, limit }) : hint}
        </span>
      )}
    </div>
  );
}
