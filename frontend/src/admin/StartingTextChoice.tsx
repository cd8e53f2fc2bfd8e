/** What annotators start from, each choice explained; one that cannot be made says why. */
import { useId } from "react";

import type { Run } from "../api/runs";
import type { StartingText } from "../api/tasks";
import { t } from "../i18n/translate";

interface ChoiceProps {
  readonly value: StartingText;
  readonly number: number;
  readonly drafting: Run | null;
  readonly onChoose: (value: StartingText) => void;
}

export function StartingTextChoice({ value, number, drafting, onChoose }: ChoiceProps) {
  const id = useId();
  const obstacle: Record<StartingText, string | null> = {
    alt_text: null,
    previous_caption: number === 1 ? t("launch.noPrevious") : null,
    draft: drafting === null ? t("launch.noDrafts") : null,
  };
  return (
    <fieldset>
      <legend>{t("launch.startingText")}</legend>
      {(["alt_text", "previous_caption", "draft"] as const).map((kind) => {
        const why = obstacle[kind];
        return (
          <div key={kind} className={why === null ? "choice" : "choice off"}>
            <input
              type="radio"
              id={`${id}-${kind}`}
              name={id}
              aria-describedby={`${id}-${kind}-hint`}
              checked={value === kind}
              disabled={why !== null}
              onChange={() => onChoose(kind)}
            />
            <label htmlFor={`${id}-${kind}`}>
              {t(`starting.${kind}`)}
              {kind === "draft" && drafting !== null && <span className="muted"> {drafting.name}</span>}
            </label>
            <span />
            <span className="hint" id={`${id}-${kind}-hint`}>
              {why ?? t(`launch.${kind}`)}
            </span>
          </div>
        );
      })}
    </fieldset>
  );
}
