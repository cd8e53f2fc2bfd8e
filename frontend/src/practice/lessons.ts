/**
 * Three pictures to practise on, drawn for the purpose, each with an alt-text that has one of the usual troubles. They live
 * in the front end alone: nothing of them is ever a task or a caption.
 */
import type { MessageKey } from "../i18n/translate";

/** One thing that a good caption does, recognised by words. */
export interface Rule {
  /** The caption has one of each group's words. */
  readonly has?: readonly (readonly string[])[];
  /** The caption has none of these. */
  readonly lacks?: readonly string[];
  readonly label: MessageKey;
  /** Shown while the rule is not met. */
  readonly advice: MessageKey;
}

export interface Lesson {
  readonly picture: string;
  readonly altText: string;
  readonly about: MessageKey;
  readonly rules: readonly Rule[];
  /** One good caption among many. */
  readonly example: string;
}

export const LESSONS: readonly Lesson[] = [
  {
    picture: "practice/iguana.svg",
    altText: "Marine iguana, Galápagos",
    about: "practice.iguana",
    rules: [
      { has: [["marine"], ["iguana"]], label: "practice.keepName", advice: "practice.keepName.advice" },
      { has: [["galápagos", "galapagos"]], label: "practice.trust", advice: "practice.trust.advice" },
      {
        has: [
          ["rock", "stone", "boulder"],
          ["sea", "ocean", "water", "waves"],
        ],
        label: "practice.addSeen",
        advice: "practice.addSeen.advice",
      },
    ],
    example: "A dark marine iguana lies on a grey rock by the blue sea in the Galápagos, under a yellow sun.",
  },
  {
    picture: "practice/boats.svg",
    altText: "Three red boats on a lake at night, photo 0231.jpg",
    about: "practice.boats",
    rules: [
      {
        has: [["boat", "boats"], ["lake"]],
        label: "practice.keepRight",
        advice: "practice.keepRight.advice",
      },
      {
        has: [["two", "2", "pair"]],
        lacks: ["three"],
        label: "practice.count",
        advice: "practice.count.advice",
      },
      { lacks: ["night"], label: "practice.wrong", advice: "practice.wrong.advice" },
      { lacks: ["0231", "jpg", "photo"], label: "practice.noise", advice: "practice.noise.advice" },
    ],
    example: "Two red boats with white sails on a blue lake by day, before snow-capped mountains.",
  },
  {
    picture: "practice/bicycle.svg",
    altText: "Bicycle of my grandmother, bought in 1962, in front of the house",
    about: "practice.bicycle",
    rules: [
      { has: [["bicycle", "bike"]], label: "practice.keepRight", advice: "practice.keepRight.advice" },
      {
        has: [["blue"], ["yellow", "door", "wall", "window"]],
        label: "practice.addSeen",
        advice: "practice.details.advice",
      },
      {
        lacks: ["probably", "maybe", "perhaps", "seems", "beautiful"],
        label: "practice.noGuess",
        advice: "practice.noGuess.advice",
      },
    ],
    example:
      "A grandmother's blue bicycle from 1962 leans against the yellow wall of a house with a green door.",
  },
];
