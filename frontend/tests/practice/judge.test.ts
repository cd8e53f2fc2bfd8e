/** The practice's feedback: the alt-text alone never passes, the example shown always does. */
import { describe, expect, it } from "vitest";

import { t } from "../../src/i18n/translate";
import { judge } from "../../src/practice/judge";
import { builtInLessons } from "../../src/practice/built_in";
import { groupsAsText, groupsIn, practisable } from "../../src/practice/own_lessons";

const LESSONS = builtInLessons();

const unmet = (at: number, caption: string): string[] => {
  const lesson = LESSONS[at];
  if (lesson === undefined) throw new Error(`there is no lesson ${at}`);
  return judge(lesson, caption)
    .filter(({ met }) => !met)
    .map(({ rule }) => rule.label);
};

describe.each(LESSONS.map((lesson, at) => ({ at, ...lesson })))(
  "picture $at",
  ({ at, startingText, example, rules }) => {
    it("is not done with the alt-text as it came", () => {
      expect(unmet(at, startingText)).not.toEqual([]);
    });

    it("is done with the example", () => {
      expect(unmet(at, example)).toEqual([]);
    });

    it("is not done with nothing", () => {
      expect(unmet(at, " ")).toHaveLength(rules.length);
    });
  },
);

it("tells what is still wrong", () => {
  expect(unmet(1, "Two red boats on a lake at night.")).toEqual([t("practice.wrong")]);
  expect(unmet(1, "Three red boats on a lake by day, photo 0231.jpg")).toEqual([
    t("practice.count"),
    t("practice.noise"),
  ]);
  expect(unmet(0, "A marine iguana on rocks by the sea.")).toEqual([t("practice.trust")]);
});

it("takes names of several words, and no half of a word, in a project's own pictures", () => {
  const own = {
    image: 7,
    image_url: "/pixels",
    starting_text: "Three boats",
    about: "",
    has: groupsIn("two / 2\n\n Lake Bled "),
    lacks: ["boat"],
    example: "",
  };
  expect(groupsAsText(own.has)).toBe("two / 2\nLake Bled");
  const missed = (caption: string): string[] =>
    judge(practisable(own), caption)
      .filter(({ met }) => !met)
      .map(({ rule }) => rule.label);
  expect(missed("2 boats on lake Bled.")).toEqual([]);
  expect(missed("A boat and two more on a lake near Bled")).toEqual(["Has: Lake Bled", "Is without: boat"]);
});
