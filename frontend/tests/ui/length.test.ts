/** The limit of a caption is counted as the server counts. */
import { expect, it } from "vitest";

import { charactersOf, charactersOver, endOfLimit } from "../../src/ui/length";

it("counts an emoji once", () => {
  expect([charactersOf("a🦎b"), charactersOver("a🦎b", 2), charactersOver("ab", 2)]).toEqual([3, 1, 0]);
});

it("finds where the limit is reached", () => {
  expect("a🦎bc".slice(endOfLimit("a🦎bc", 2))).toBe("bc");
  expect("abc".slice(endOfLimit("abc", 2))).toBe("c");
});
