/** How a difference reads: no two words stick together. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { Difference } from "../../src/text/Difference";
import { Pieces } from "../../src/text/Pieces";

const shown = (before: string, after: string): string =>
  renderToStaticMarkup(createElement(Difference, { before, after })).replace(/^<div[^>]*>|<\/div>$/g, "");

it("keeps a removed and an added word apart", () => {
  expect(shown("red", "blue")).toBe("<del>red</del> <ins>blue</ins>");
  expect(shown("a red car", "a blue car")).toBe(
    "<span>a </span><del>red</del> <ins>blue</ins><span> car</span>",
  );
});

it("shows a change of white space alone with signs", () => {
  expect(shown("a  red\ncar", "a red car")).toBe(
    "<span>a </span><del>␣</del><span>red</span><del>↵\n</del><ins>␣</ins><span>car</span>",
  );
});

it("marks the chosen hunk alone", () => {
  const pieces = [
    { kind: "removed", text: "red ", hunk: 0 },
    { kind: "same", text: "car ", hunk: null },
    { kind: "added", text: "parked", hunk: 1 },
  ] as const;
  expect(renderToStaticMarkup(createElement(Pieces, { pieces, chosen: 1 }))).toBe(
    '<del data-chosen="false">red </del><span>car </span><ins data-chosen="true">parked</ins>',
  );
});
