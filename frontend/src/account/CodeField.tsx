/** The six figures of an authenticator app, or a recovery code. */
import { useId } from "react";

/** What is sent of what was typed: apps show their codes with a space in the middle. */
export const plainCode = (typed: string): string => typed.replaceAll(" ", "");

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function CodeField({ label, hint, value, onChange }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        inputMode="numeric"
        autoComplete="one-time-code"
        onChange={({ target }) => onChange(target.value)}
      />
      {hint !== undefined && <span className="hint">{hint}</span>}
    </div>
  );
}
