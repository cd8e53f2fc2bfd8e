/**
 * Three pictures to practise on, drawn for the purpose, each with an alt-text that has one of the usual troubles: for projects
 * that have chosen none of their own. They live in the front end alone: nothing of them is ever a task or a caption.
 */
import { t } from "../i18n/translate";

import type { Lesson } from "./lessons";

const pictureOf = (name: string): string => `${import.meta.env.BASE_URL}practice/${name}.svg`;

/** In the language of the screens, which is known once they are shown. */
export function builtInLessons(): readonly Lesson[] {
  return [iguana(), boats(), bicycle()];
}

function iguana(): Lesson {
  return {
    picture: pictureOf("iguana"),
    startingText: "Marine iguana, Galápagos",
    about: t("practice.iguana"),
    rules: [
      {
        has: [["marine"], ["iguana"]],
        label: t("practice.keepName"),
        advice: t("practice.keepName.advice"),
      },
      { has: [["galápagos", "galapagos"]], label: t("practice.trust"), advice: t("practice.trust.advice") },
      {
        has: [
          ["rock", "stone", "boulder"],
          ["sea", "ocean", "water", "waves"],
        ],
        label: t("practice.addSeen"),
        advice: t("practice.addSeen.advice"),
      },
    ],
    example: "A dark marine iguana lies on a grey rock by the blue sea in the Galápagos, under a yellow sun.",
  };
}

function boats(): Lesson {
  return {
    picture: pictureOf("boats"),
    startingText: "Three red boats on a lake at night, photo 0231.jpg",
    about: t("practice.boats"),
    rules: [
      {
        has: [["boat", "boats"], ["lake"]],
        label: t("practice.keepRight"),
        advice: t("practice.keepRight.advice"),
      },
      {
        has: [["two", "2", "pair"]],
        lacks: ["three"],
        label: t("practice.count"),
        advice: t("practice.count.advice"),
      },
      { lacks: ["night"], label: t("practice.wrong"), advice: t("practice.wrong.advice") },
      { lacks: ["0231", "jpg", "photo"], label: t("practice.noise"), advice: t("practice.noise.advice") },
    ],
    example: "Two red boats with white sails on a blue lake by day, before snow-capped mountains.",
  };
}

function bicycle(): Lesson {
  return {
    picture: pictureOf("bicycle"),
    startingText: "Bicycle of my grandmother, bought in 1962, in front of the house",
    about: t("practice.bicycle"),
    rules: [
      {
        has: [["bicycle", "bike"]],
        label: t("practice.keepRight"),
        advice: t("practice.keepRight.advice"),
      },
      {
        has: [["blue"], ["yellow", "door", "wall", "window"]],
        label: t("practice.addSeen"),
        advice: t("practice.details.advice"),
      },
      {
        lacks: ["probably", "maybe", "perhaps", "seems", "beautiful"],
        label: t("practice.noGuess"),
        advice: t("practice.noGuess.advice"),
      },
    ],
    example:
      "A grandmother's blue bicycle from 1962 leans against the yellow wall of a house with a green door.",
  };
}
