/** The practice's feedback: the alt-text alone never passes, the example shown always does. */
import { describe, expect, it } from "vitest";

import { judge } from "../../src/practice/judge";
import { LESSONS } from "../../src/practice/lessons";

const unmet = (at: number, caption: string): string[] => {
  const lesson = LESSONS[at];
  if (lesson === undefined) throw new Error(`there is no lesson ${at}`);
  return judge(lesson, caption)
    .filter(({ met }) => !met)
    .map(({ rule }) => rule.label);
};

describe.each(LESSONS.map((lesson, at) => ({ at, ...lesson })))(
  "picture $at",
  ({ at, altText, example, rules }) => {
    it("is not done with the alt-text as it came", () => {
      expect(unmet(at, altText)).not.toEqual([]);
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
  expect(unmet(1, "Two red boats on a lake at night.")).toEqual(["practice.wrong"]);
  expect(unmet(1, "Three red boats on a lake by day, photo 0231.jpg")).toEqual([
    "practice.count",
    "practice.noise",
  ]);
  expect(unmet(0, "A marine iguana on rocks by the sea.")).toEqual(["practice.trust"]);
});
