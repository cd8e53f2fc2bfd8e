/** The recipes, each with a sentence on what it is for; the server's own comes first. */
import { useId } from "react";

import type { ProjectCaptioner } from "../api/captioner";
import { t } from "../i18n/translate";

interface Props {
  readonly recipes: ProjectCaptioner["recipes"];
  readonly server: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
}

export function RecipeChoice({ recipes, server, value, onChoose }: Props) {
  const id = useId();
  const about = recipes.find(({ name }) => name === server)?.about ?? "";
  const choices = [
    { name: "", label: t("captioner.serverRecipe", { recipe: server }), about },
    ...recipes.map((recipe) => ({ ...recipe, label: recipe.name })),
  ];
  return (
    <fieldset>
      <legend>{t("captioner.recipe")}</legend>
      {choices.map((choice) => (
        <div key={choice.name} className="choice">
          <input
            type="radio"
            id={`${id}-${choice.name}`}
            name={id}
            aria-describedby={`${id}-${choice.name}-about`}
            checked={value === choice.name}
            onChange={() => onChoose(choice.name)}
          />
          <label htmlFor={`${id}-${choice.name}`}>{choice.label}</label>
          <span />
          <span className="hint" id={`${id}-${choice.name}-about`}>
            {choice.about}
          </span>
        </div>
      ))}
    </fieldset>
  );
}
