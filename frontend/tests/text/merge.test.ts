/** One text of two: every choice of hunks is a text, none is half taken. */
import { expect, it } from "vitest";

import { differenceOf } from "../../src/text/difference";
import { mergedText, toggle } from "../../src/text/merge";

const MINE = "A green iguana on a rock, in the sun.";
const THEIRS = "A marine iguana on a black rock, in sun.";
const DIFFERENCE = differenceOf(MINE, THEIRS);

it("is the first text where nothing is taken, the second where everything is", () => {
  expect(mergedText(DIFFERENCE, new Set())).toBe(MINE);
  expect(mergedText(DIFFERENCE, new Set(DIFFERENCE.hunks.keys()))).toBe(THEIRS);
});

it("takes single places", () => {
  expect(mergedText(DIFFERENCE, new Set([0]))).toBe("A marine iguana on a rock, in the sun.");
  expect(mergedText(DIFFERENCE, new Set([1]))).toBe("A green iguana on a black rock, in the sun.");
});

it("takes a place back", () => {
  expect(toggle(toggle(new Set([1]), 0), 0)).toEqual(new Set([1]));
});
