/** Which weights training starts from, and the base where one is needed; what a recipe cannot start from says why. */
import { useId } from "react";

import type { Base, CaptionerChoice, StartFrom } from "../api/captioner";
import { t } from "../i18n/translate";
import { Choices } from "../ui/Choices";

import { obstacleOf } from "./bases";

interface Props {
  readonly recipe: string;
  readonly start: StartFrom;
  readonly base: string | null;
  readonly bases: readonly Base[];
  readonly onChange: (change: CaptionerChoice) => void;
}

const STARTS: readonly StartFrom[] = ["recipe", "base", "last_promoted"];

export function StartChoice({ recipe, start, base, bases, onChange }: Props) {
  const id = useId();
  const chosen = bases.find(({ name }) => name === base);
  const obstacle = chosen === undefined ? "" : obstacleOf(chosen, recipe);
  return (
    <Choices
      legend={t("captioner.start")}
      value={start}
      onChoose={(kind) => onChange({ start: kind })}
      choices={STARTS.map((kind) => ({
        value: kind,
        label: t(`captioner.from.${kind}`),
        hint: t(`captioner.fromHint.${kind}`),
        obstacle: kind === "base" && bases.length === 0 ? t("captioner.noBases") : null,
      }))}
    >
      {start !== "recipe" && bases.length > 0 && (
        <div className="field">
          <label htmlFor={`${id}-which`}>{t("captioner.base")}</label>
          <select
            id={`${id}-which`}
            value={base ?? ""}
            required={start === "base"}
            onChange={({ target }) => onChange({ base: target.value === "" ? null : target.value })}
          >
            <option value="">{t("captioner.noBase")}</option>
            {bases.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
          {obstacle !== "" && <p className="note warn">{obstacle}</p>}
        </div>
      )}
    </Choices>
  );
}
