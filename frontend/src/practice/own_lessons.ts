/** The practice pictures that a project has chosen: as they are practised on, and as an admin writes them. */
import type { OwnLesson } from "../api/lessons";
import { t } from "../i18n/translate";

import type { Lesson } from "./lessons";

export function practisable(own: OwnLesson): Lesson {
  return {
    picture: own.image_url,
    startingText: own.starting_text,
    about: own.about,
    rules: [
      ...own.has.map((group) => ({
        has: [group],
        label: t("practice.has", { words: group.join(" / ") }),
        advice: "",
      })),
      ...own.lacks.map((word) => ({ lacks: [word], label: t("practice.lacks", { word }), advice: "" })),
    ],
    example: own.example,
  };
}

/** One group a line, what is as good as each other between slashes: "two / 2 / a pair". */
export function groupsIn(text: string): string[][] {
  return linesIn(text)
    .map((line) => line.split("/").map((word) => word.trim()))
    .map((group) => group.filter((word) => word !== ""))
    .filter((group) => group.length > 0);
}

export function linesIn(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function groupsAsText(groups: readonly (readonly string[])[]): string {
  return groups.map((group) => group.join(" / ")).join("\n");
}
