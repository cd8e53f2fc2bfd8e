/** Which phrases of an alt-text count as concepts, and how a caption keeps or drops them. */
import { describe, expect, it } from "vitest";

import { conceptLedger, phrasesOfTask, conceptPhrases, mentions } from "../../src/editor/concepts";

describe("the phrases of a task", () => {
  it("are the server's, or else found here", () => {
    const altTexts = ["Green iguana near Lake Bled"];
    expect(phrasesOfTask({ alt_texts: altTexts, phrases: ["iguana", "Lake Bled"] }, "en")).toEqual([
      "iguana",
      "Lake Bled",
    ]);
    expect(phrasesOfTask({ alt_texts: altTexts, phrases: [] }, "en")).toEqual(conceptPhrases(altTexts, "en"));
    expect(phrasesOfTask(null, "en")).toEqual([]);
  });
});

describe("conceptPhrases", () => {
  it("takes names, noun phrases and numbers", () => {
    expect(conceptPhrases(["Green iguana on a branch in Costa Rica, 2019"])).toEqual([
      "Green iguana",
      "branch",
      "Costa Rica",
      "2019",
    ]);
  });

  it("lists a phrase once over several alt-texts", () => {
    expect(conceptPhrases(["Lake Bled", "a view of lake bled"])).toEqual(["Lake Bled", "view"]);
  });

  it("finds nothing in an empty alt-text and drops file endings", () => {
    expect(conceptPhrases(["", "  ", "photo of the image"])).toEqual([]);
    expect(conceptPhrases(["Apollo 11, jpg"])).toEqual(["Apollo 11"]);
  });

  it("takes no names of files, addresses or entities", () => {
    for (const text of [
      "horse.png",
      "IMG_0231.jpg",
      "DSC01234",
      "red_brick_wall",
      "red-brick-wall-texture-free",
    ])
      expect(conceptPhrases([text]), text).toEqual([]);
    expect(conceptPhrases(["horse.png, a white horse (DSCN0012.JPG) &amp; the rider"])).toEqual([
      "white horse",
      "rider",
    ]);
    // Found at an import before they were known for what they are.
    const phrases = ["0231.jpg", "Lake Bled"];
    expect(phrasesOfTask({ alt_texts: [], phrases }, "en")).toEqual(["Lake Bled"]);
  });

  it("keeps what a hyphen or a dot holds together", () => {
    expect(conceptPhrases(["Commander of STS-93 in Washington, D.C."])).toEqual([
      "Commander",
      "STS-93",
      "Washington",
      "D.C",
    ]);
  });

  it("breaks overlong runs", () => {
    expect(conceptPhrases(["one two three four five"])).toEqual(["one two three four", "five"]);
  });
});

describe("mentions", () => {
  it("ignores case and plain plurals but not word borders", () => {
    expect(mentions("Two green Iguanas sit.", "green iguana")).toBe(true);
    expect(mentions("A catalogue", "cat")).toBe(false);
    expect(mentions("A glass", "glas")).toBe(false);
  });

  it("finds a name however it is written", () => {
    for (const [caption, phrase] of [
      ["Lake Bled's island", "Lake Bled"],
      ["Two churches, many cities", "church"],
      ["Two churches, many cities", "city"],
      ["O’Brien at sea", "O'Brien"],
      ["Zu\u0308rich by night", "Z\u00fcrich"],
      ["東京都の夜景", "東京"],
      ["แมวสีดำนั่งบนโต๊ะไม้", "โต๊ะ"],
    ] as const)
      expect(mentions(caption, phrase), phrase).toBe(true);
  });
});

describe("conceptLedger", () => {
  const phrases = ["Lake Bled", "boat"];

  it("reads kept and dropped from the text", () => {
    expect(conceptLedger(phrases, "A view of Lake Bled.", {})).toEqual([
      { phrase: "Lake Bled", outcome: "kept", reason: null, before: false, undecided: false },
      { phrase: "boat", outcome: "dropped", reason: null, before: false, undecided: true },
    ]);
  });

  it("takes a decision about a dropped phrase as long as it stays dropped", () => {
    const decisions = { boat: { outcome: "dropped", reason: "not_in_image" } } as const;
    expect(conceptLedger(["boat"], "A lake.", decisions)).toEqual([
      { phrase: "boat", outcome: "dropped", reason: "not_in_image", before: false, undecided: false },
    ]);
    expect(conceptLedger(["boat"], "A boat on a lake.", decisions)).toEqual([
      { phrase: "boat", outcome: "kept", reason: null, before: false, undecided: false },
    ]);
  });

  it("takes kept on trust only for a phrase that is there", () => {
    const decisions = { boat: { outcome: "kept_on_trust", reason: null } } as const;
    expect(conceptLedger(["boat"], "A boat.", decisions)[0]?.outcome).toBe("kept_on_trust");
    expect(conceptLedger(["boat"], "A lake.", decisions)[0]?.undecided).toBe(true);
  });
});
