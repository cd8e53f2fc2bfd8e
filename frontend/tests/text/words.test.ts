/** Cutting texts into words: exact, and the same whether a text is new or an edit of one that was cut before. */
import { describe, expect, it } from "vitest";

import cases from "../../../tests/texts/words.json";
import { countWords, tokenize } from "../../src/text/words";

/** Numbers below `below`, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
}

const PIECES = ["iguana", " ", "  ", "\n", "it's", "-", "東京", "é", "ِمن", "😀", ",", "a", "STS-93", "\t"];

describe("tokenize", () => {
  it("covers every character once", () => {
    const text = "  A green iguana,\nit's 東京 ".repeat(20);
    const tokens = tokenize(text);
    expect(tokens.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
  });

  it("cuts an edited text as if it were new", () => {
    const random = numbers(7);
    const piece = (): string => PIECES[random(PIECES.length)] ?? "";
    let text = Array.from({ length: 120 }, piece).join("");
    for (let edit = 0; edit < 150; edit += 1) {
      const at = random(text.length);
      text = text.slice(0, at) + (random(2) === 0 ? piece() : "") + text.slice(at + random(4));
      if (text.length < 240) text += Array.from({ length: 40 }, piece).join("");
      // Of a language not asked before nothing is remembered.
      expect(tokenize(text, "en")).toEqual(tokenize(text, `en-x-${edit}`));
    }
  });
});

describe("countWords", () => {
  // The server's tests read the same file.
  it.each(cases)("finds the words that the server finds in $text", ({ text, words }) => {
    const found = tokenize(text).filter(({ isWord }) => isWord);
    expect(found.map(({ word }) => word)).toEqual(words);
    expect(countWords(text)).toBe(words.length);
  });

  it.each([
    "🇩🇪".repeat(400),
    "¿\u0301!".repeat(300),
    `👩🏽‍🚀${"\u0301".repeat(900)}.`,
    "!𝅥".repeat(300),
    ".".repeat(700),
  ])("cuts a long run of signs as the browser does", (run) => {
    const segments = new Intl.Segmenter("en", { granularity: "grapheme" }).segment(run);
    expect(tokenize(run).map(({ word }) => word)).toEqual(Array.from(segments, ({ segment }) => segment));
  });

  it("looks at each line of a run once", () => {
    // Else this takes minutes.
    expect(countWords("_".repeat(20_000))).toBe(0);
    expect(tokenize("猫" + "_".repeat(50) + "犬").filter(({ isWord }) => isWord)).toHaveLength(2);
  });
});
