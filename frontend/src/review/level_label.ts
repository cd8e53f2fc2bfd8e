/** What a level of review is called: as the project says, or by its number. */
import { t } from "../i18n/translate";

export const levelLabel = (level: number, name: string): string =>
  name === "" ? t("review.levelNumber", { level }) : name;
