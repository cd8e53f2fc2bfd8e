/** Words of a draft that its model was unsure of. */
import { expect, it } from "vitest";

import { confidenceSpans } from "../../src/editor/confidence";

const shaded = (text: string, tokens: [string, number][]): string =>
  confidenceSpans(text, tokens)
    .map(({ text: words, probability }) => (probability < 0.35 ? `[${words}]` : words))
    .join("");

it("marks unlikely tokens and joins neighbours", () => {
  const tokens: [string, number][] = [
    ["A", -0.01],
    ["Ġmarine", -2],
    ["Ġig", -3],
    ["uana", -1.5],
    [" on", -0.1],
    [" rock", -0.2],
  ];
  expect(shaded("A marine iguana on rock", tokens)).toBe("A [marine] [iguana] on rock");
});

it("shows the text exactly, whatever the tokens are", () => {
  const text = "Déjà vu, twice.";
  for (const tokens of [
    [],
    [["</s>", -9]],
    [
      ["vu", -9],
      ["vu", -9],
      ["Déjà", -9],
    ],
  ] as [string, number][][]) {
    expect(
      confidenceSpans(text, tokens)
        .map((span) => span.text)
        .join(""),
    ).toBe(text);
  }
  expect(confidenceSpans("", [])).toEqual([]);
});

it("passes over rows that are not tokens", () => {
  expect(confidenceSpans("a", [[null, "x"], []]).map((span) => span.text)).toEqual(["a"]);
});
