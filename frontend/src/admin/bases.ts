/** What a list of base checkpoints says of each. */
import type { Base } from "../api/captioner";
import { t } from "../i18n/translate";

/** Why a training by the recipe cannot start from the base; "" where it can, as far as is known here. */
export function obstacleOf(base: Base, recipe: string): string {
  if (base.state === "unusable") return base.error;
  if (base.state === "inspecting") return t("captioner.inspecting");
  return base.misfits[recipe] ?? "";
}

/** The recipes that can start from it. */
export function fitting(base: Base): string[] {
  return Object.entries(base.misfits)
    .filter(([, misfit]) => misfit === "")
    .map(([recipe]) => recipe);
}
