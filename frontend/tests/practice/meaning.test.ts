/** What a caption says is told by what its words mean, as far as they tell it. */
import { expect, it } from "vitest";

import { clausesOf, says, saysLiterally } from "../../src/practice/meaning";

const said = (caption: string, phrase: string, language = "en"): boolean =>
  says(clausesOf(caption, language), phrase, language);
const literally = (caption: string, phrase: string): boolean =>
  saysLiterally(clausesOf(caption, "en"), phrase, "en");

it.each([
  ["A bike leans on a wall.", "bicycle"],
  ["Two ships on a lake", "boat"],
  ["A pair of red boats", "two"],
  ["2 boats", "two"],
  ["A grey stone", "gray rock"],
  ["Marine iguana, Galapagos", "Galápagos"],
  ["Three cherries in dishes", "cherry"],
  ["Not only a boat: a red one", "boat"],
  ["No clouds, but a boat", "boat"],
])("%s says %s", (caption, phrase) => {
  expect(said(caption, phrase)).toBe(true);
});

it.each([
  ["There are no boats.", "boat"],
  ["A lake without any red boats", "boat"],
  ["A boathouse", "boat"],
  ["A lake; a red, old boat", "red boat"],
  ["", "boat"],
])("%s does not say %s", (caption, phrase) => {
  expect(said(caption, phrase)).toBe(false);
});

it("lets what is wrong be denied, and takes just that word for it", () => {
  expect(literally("Two boats at night", "night")).toBe(true);
  expect(literally("Two boats, not at night", "night")).toBe(false);
  expect(literally("photo_0231.jpg", "jpg")).toBe(true);
  expect(literally("Two boats", "boat")).toBe(false);
  expect(literally("3 boats", "three")).toBe(true);
});

it("takes words of other languages as they are, whatever their case", () => {
  expect(said("Ein Boot auf dem See", "boot", "de")).toBe(true);
  expect(said("Ein Schiff auf dem See", "boot", "de")).toBe(false);
  expect(said("En röd båt", "bat", "sv")).toBe(false);
});
