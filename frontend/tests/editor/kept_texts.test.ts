/** Which text goes on when a task is opened again, and which ones are asked about. */
import { expect, it } from "vitest";

import type { KeptText } from "../../src/editor/device";
import { reopened } from "../../src/editor/kept_texts";

const COPY = { text: "On the server", version: 4 };

function kept(text: string, version: number, keptAt: number, onServer = false): KeptText {
  const page = `page ${keptAt}`;
  return { user: 1, task: 1, page, text, version, decisions: {}, milliseconds: keptAt, onServer, keptAt };
}

const found = (...texts: KeptText[]): [string, number, readonly string[]] | undefined => {
  const answer = reopened({ working_copy: COPY, concepts: [] }, texts);
  return answer && [answer.text, answer.version, answer.others];
};

it("knows nothing where nothing was kept", () => {
  expect(found()).toBeUndefined();
});

it("takes the server's text where the device had saved all", () => {
  expect(found(kept("An older text", 2, 1, true))).toEqual(["On the server", 4, []]);
  expect(found(kept("On the server", 4, 1))).toEqual(["On the server", 4, []]);
});

it("goes on with what was typed over the server's text", () => {
  expect(found(kept("On the server, and more", 4, 1))).toEqual(["On the server, and more", 4, []]);
});

it("asks where another device saved since", () => {
  expect(found(kept("Typed before", 2, 1))).toEqual(["Typed before", 4, ["On the server"]]);
});

it("asks about every text that stands alone, the newest first in the editor", () => {
  expect(found(kept("Second", 4, 2), kept("Third", 2, 3), kept("First", 2, 1), kept("Third", 1, 0))).toEqual([
    "Third",
    4,
    ["Second", "First"],
  ]);
});
