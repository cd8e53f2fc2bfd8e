/** A whole number with its label and what it means. */
import { useId } from "react";

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** The bounds of a share, for a field that has it in whole percents. */
export function inPercent({ min, max }: { readonly min: number; readonly max: number }) {
  return { min: min * 100, max: max * 100 };
}

export function NumberField({ label, hint, value, min, max, onChange }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        required
        min={min}
        max={max}
        step={1}
        value={Number.isNaN(value) ? "" : value}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
      <span className="hint" id={`${id}-hint`}>
        {hint}
      </span>
    </div>
  );
}
