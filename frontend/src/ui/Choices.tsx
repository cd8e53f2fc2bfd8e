/** One of several, each explained in a sentence; one that cannot be chosen says why instead. */
import { type ReactNode, useId } from "react";

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly hint: string;
  /** Why it cannot be chosen. */
  readonly obstacle?: string | null;
}

interface Props<Value extends string> {
  readonly legend: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
  /** What belongs to the choice and stands below it. */
  readonly children?: ReactNode;
}

export function Choices<Value extends string>({ legend, choices, value, onChoose, children }: Props<Value>) {
  const id = useId();
  return (
    <fieldset>
      <legend>{legend}</legend>
      {choices.map(({ value: kind, label, hint, obstacle = null }) => (
        <div key={kind} className={obstacle === null ? "choice" : "choice off"}>
          <input
            type="radio"
            id={`${id}-${kind}`}
            name={id}
            aria-describedby={`${id}-${kind}-hint`}
            checked={value === kind}
            disabled={obstacle !== null}
            onChange={() => onChoose(kind)}
          />
          <label htmlFor={`${id}-${kind}`}>{label}</label>
          <span />
          <span className="hint" id={`${id}-${kind}-hint`}>
            {obstacle ?? hint}
          </span>
        </div>
      ))}
      {children}
    </fieldset>
  );
}
