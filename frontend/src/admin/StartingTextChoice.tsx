/** What annotators start from, each choice explained; one that cannot be made says why. */
import type { Run } from "../api/runs";
import type { StartingText } from "../api/tasks";
import { t } from "../i18n/translate";
import { Choices } from "../ui/Choices";

interface ChoiceProps {
  readonly value: StartingText;
  readonly number: number;
  readonly drafting: Run | null;
  readonly onChoose: (value: StartingText) => void;
}

export function StartingTextChoice({ value, number, drafting, onChoose }: ChoiceProps) {
  const obstacle: Record<StartingText, string | null> = {
    alt_text: null,
    previous_caption: number === 1 ? t("launch.noPrevious") : null,
    draft: drafting === null ? t("launch.noDrafts") : null,
  };
  return (
    <Choices
      legend={t("launch.startingText")}
      value={value}
      onChoose={onChoose}
      choices={(["alt_text", "previous_caption", "draft"] as const).map((kind) => ({
        value: kind,
        label: (
          <>
            {t(`starting.${kind}`)}
            {kind === "draft" && drafting !== null && <span className="muted"> {drafting.name}</span>}
          </>
        ),
        hint: t(`launch.${kind}`),
        obstacle: obstacle[kind],
      }))}
    />
  );
}
