/** Which place of the difference a place of the caption is. */
import { expect, it } from "vitest";

import { differenceOf } from "../../src/text/difference";
import { placeOf } from "../../src/editor/followed_caret";

it("counts what the caption has, not what was taken out", () => {
  const before = "a green iguana on a rock";
  const after = "a grey iguana on a black rock";
  const difference = differenceOf(before, after);
  const wordAt = (caret: number): string => {
    const { piece, offset } = placeOf(difference, caret);
    return difference.pieces[piece]?.text.slice(offset, offset + 4) ?? "";
  };
  expect(["grey", "blac", "rock"].map((word) => wordAt(after.indexOf(word) + 1))).toEqual([
    "rey",
    "lack",
    "ock",
  ]);
  expect(placeOf(difference, after.length + 9)).toEqual({
    piece: difference.pieces.length - 1,
    offset: difference.pieces.at(-1)?.text.length,
  });
  expect(placeOf(differenceOf("", ""), 3)).toEqual({ piece: -1, offset: 0 });
});
