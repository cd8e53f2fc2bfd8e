/** Where each word of a caption comes from. */
import { expect, it } from "vitest";

import { originsOf } from "../../src/editor/provenance";

import { task } from "./rules";

it("tells alt-text, earlier round, draft and one's own words apart", () => {
  const made = task(1, {
    alt_texts: ["iguana Galápagos"],
    previous_caption: "A lizard on a rock",
    draft: {
      text: "A marine iguana on a black rock",
      run: "run",
      pieces: ["A marine iguana on a black rock"],
    },
  });
  expect(
    originsOf(made, "A marine iguana on a rock, basking").map(({ text, origin }) => [text, origin]),
  ).toEqual([
    ["A ", "previous_caption"],
    ["marine ", "draft"],
    ["iguana ", "alt_text"],
    ["on a rock", "previous_caption"],
    [", basking", "mine"],
  ]);
});

it("is exact and empty for an empty text", () => {
  expect(originsOf(task(1), "")).toEqual([]);
});
