/** The word difference: exact on what is shown, right in every script, reversible hunk by hunk. */
import { describe, expect, it } from "vitest";

import { changedWords, differenceOf, takeHunk } from "../../src/text/difference";

/** Compact: same, +added+, -removed-. */
function shown(before: string, after: string, language = "en"): string {
  const mark = { same: "", added: "+", removed: "-" };
  return differenceOf(before, after, language)
    .pieces.map(({ kind, text }) => `${mark[kind]}${text}${mark[kind]}`)
    .join("|");
}

describe("differenceOf", () => {
  it("marks added, removed and kept words", () => {
    expect(shown("a green iguana", "a grey iguana on a rock")).toBe("a |-green-|+grey+| iguana|+ on a rock+");
  });

  it("tells white space that differs, and counts no word of it", () => {
    expect(shown("two  words\n", "two words")).toBe("two |- -|words|-\n-");
    expect(changedWords(differenceOf("two  words\n", "two words"))).toBe(0);
  });

  it("keeps the space that both texts have out of a change", () => {
    expect(shown("a red car", "a red, old car")).toBe("a red|+, old+| car");
    expect(shown("a red, old car", "a red car")).toBe("a red|-, old-| car");
  });

  it("joins changes that would make words of their own if only some were taken", () => {
    expect(shown("3. 5", "x.7")).toBe("-3. 5-|+x.7+");
  });

  it("keeps punctuation apart from words", () => {
    expect(shown("A cat", "A cat.")).toBe("A cat|+.+");
  });

  it("takes the space out with the words at the end of the text", () => {
    expect(shown("A cat asleep", "A cat")).toBe("A cat|- asleep-");
    expect(shown("赤い車", "赤い", "ja")).toBe("赤い|-車-");
  });

  it("cuts Japanese letter by letter, as its words are counted", () => {
    expect(shown("赤い車が走る", "青い車が走る", "ja")).toBe("-赤-|+青+|い車が走る");
  });

  it("never splits a grapheme cluster", () => {
    expect(shown("a family 👨‍👩‍👧", "a family 👨‍👩‍👧‍👦")).toBe("a family |-👨‍👩‍👧-|+👨‍👩‍👧‍👦+");
  });

  it("handles right-to-left text and empty texts", () => {
    expect(shown("قطة سوداء", "قطة بيضاء", "ar")).toBe("قطة |-سوداء-|+بيضاء+");
    expect(shown("", "new")).toBe("+new+");
    expect(shown("old", "")).toBe("-old-");
    expect(shown("", "")).toBe("");
  });

  it("shows the new text exactly, whatever the texts are", () => {
    const words = ["a", "the", " ", "  ", "\n", "cat", "dog,", "Zürich", "—", "犬", "é", "🏳️‍🌈", "3.5"];
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    const text = (): string =>
      Array.from({ length: random(30) }, () => words[random(words.length)]).join(" ");
    for (let i = 0; i < 300; i += 1) {
      const [before, after] = [text(), text()];
      const { pieces } = differenceOf(before, after);
      const kept = pieces.filter((piece) => piece.kind !== "removed");
      expect(kept.map((piece) => piece.text).join("")).toBe(after);
    }
  });

  it("makes one hunk of a long text that was wholly rewritten", { timeout: 30_000 }, () => {
    const long = (word: string): string => Array.from({ length: 2000 }, (_, i) => `${word}${i}`).join(" ");
    expect(differenceOf(long("a"), long("b")).hunks).toHaveLength(1);
  });
});

describe("takeHunk", () => {
  it("puts the words of the other text in place, one hunk at a time", () => {
    const before = "a green iguana on a branch";
    const after = "a grey lizard on a stone wall";
    const { hunks } = differenceOf(before, after);
    expect(hunks.map((hunk) => takeHunk(before, after, hunk))).toEqual([
      "a green iguana on a stone wall",
      "a grey lizard on a branch",
    ]);
  });

  it("taking every hunk from the end gives the other text", () => {
    const before = "Sunset over Lake Bled, Slovenia";
    const after = "An orange sunset, seen over a lake with an island";
    const { hunks } = differenceOf(before, after);
    expect(hunks.toReversed().reduce((text, hunk) => takeHunk(before, text, hunk), after)).toBe(before);
  });
});

describe("changedWords", () => {
  it("counts a replaced word once and leaves punctuation out", () => {
    expect(changedWords(differenceOf("a green cat", "a grey cat, asleep"))).toBe(2);
  });
});
