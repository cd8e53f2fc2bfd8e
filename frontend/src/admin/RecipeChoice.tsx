/** The recipes, each with a sentence on what it is for; the server's own comes first. */
import type { ProjectCaptioner } from "../api/captioner";
import { t } from "../i18n/translate";
import { Choices } from "../ui/Choices";

interface Props {
  readonly recipes: ProjectCaptioner["recipes"];
  readonly server: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
}

export function RecipeChoice({ recipes, server, value, onChoose }: Props) {
  const about = recipes.find(({ name }) => name === server)?.about ?? "";
  return (
    <Choices
      legend={t("captioner.recipe")}
      value={value}
      onChoose={onChoose}
      choices={[
        { value: "", label: t("captioner.serverRecipe", { recipe: server }), hint: about },
        ...recipes.map((recipe) => ({ value: recipe.name, label: recipe.name, hint: recipe.about })),
      ]}
    />
  );
}
