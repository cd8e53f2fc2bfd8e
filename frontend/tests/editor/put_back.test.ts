/**
 * Taking hunks from either text keeps people's words whole: all of one text is that text, and no choice between them makes a
 * word or a doubled space that neither has. Held against ordinary captions, against scripts without spaces, and against texts
 * that a generator makes.
 */
import { describe, expect, it } from "vitest";

import { stepHunk, takeChosenHunk } from "../../src/editor/actions";
import { differenceOf, takeHunk } from "../../src/text/difference";
import { mergedText } from "../../src/text/merge";
import { EMPTY, type EditorState } from "../../src/editor/state";
import { tokenize } from "../../src/text/words";

import { task } from "./rules";

type Pair = readonly [before: string, after: string];

const CAPTIONS: readonly Pair[] = [
  ["a red car", "a red, old car"],
  ["a red, old car", "a red car"],
  ["cat and dog", "cat, dog"],
  ["house in snow", "house"],
  ["house.", "house in snow."],
  ["Red brick wall seamless texture free", "Red brick wall; texture"],
  ["Greek gold coins from Pompeii", "Greek coins, silver, from Pompeii."],
  ["Yamaha Virago 250, red, garage, for sale", "A red Yamaha Virago 250 in a garage"],
  [
    "Portrait of Eileen Collins, STS-93 Columbia",
    "Eileen Collins in orange, commander of the STS-93 mission",
  ],
  ["New York City skyline", "New York, skyline"],
  ["a “quoted” word (1990)", "a quoted word, 1990"],
  ["Size 3. 5 kg", "Size x.7 kg"],
  ["line one\nline two", "line one line two,  three\n"],
  ["  indented", "indented  "],
  ["", "  "],
  ["all of it", ""],
];

const WITHOUT_SPACES: readonly Pair[] = [
  ["赤い車が走る。山の上に雪がある", "青い車が止まる。山の下に雪がない"],
  ["東京都の古い寺、秋", "京都の新しい寺と庭、冬の朝"],
  ["猫と犬が公園で遊んでいる", "黒猫と白犬が大きな公園にいる"],
  ["แมวสีดำนั่งบนโต๊ะไม้", "แมวสีขาวนอนบนเก้าอี้ไม้เก่า"],
  ["北京大学的图书馆", "大学生在图书馆看书"],
  ["ភាសាខ្មែរនៅកម្ពុជា", "ភាសាថៃនៅកម្ពុជាថ្មី"],
];

const WORDS =
  "a the red old car 3.5 3 5 x can't t well-known STS 93 Zürich 東京 都 京都 の 寺 สี ดำ แมว é 🏳️‍🌈 ‘ox’ A.".split(
    " ",
  );
const GLUE = [" ", " ", " ", " ", ", ", ". ", "", "-", ".", "  ", "\n", " – ", "、", " (", ") ", "/"];

function* made(count: number): Generator<Pair> {
  let seed = 11;
  const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  const pick = (from: readonly string[]): string => from[random(from.length)] ?? "";
  for (let i = 0; i < count; i += 1) {
    const parts = Array.from({ length: random(12) }, () => [pick(WORDS), pick(GLUE)] as const);
    const edited = parts.flatMap(([word, glue]) => {
      const fate = random(6);
      if (fate === 0) return [];
      if (fate === 1) return [pick(WORDS), glue];
      if (fate === 2) return [word, pick(GLUE)];
      return fate === 3 ? [word, glue, pick(WORDS), pick(GLUE)] : [word, glue];
    });
    yield [parts.flat().join(""), edited.join("")];
  }
}

const wordsOf = (text: string): string[] => tokenize(text).map(({ word }) => word);
const doubledSpaces = (text: string): string[] => text.match(/\s{2,}/gu) ?? [];

/** Every choice of hunks, or a spread of them where there are many. */
function* choices(hunks: number): Generator<ReadonlySet<number>> {
  const all = 2 ** hunks;
  const step = Math.max(1, Math.floor(all / 64));
  for (let bits = 0; bits < all; bits += step)
    yield new Set(
      Array.from({ length: hunks }, (_, i) => i).filter((i) => Math.floor(bits / 2 ** i) % 2 === 1),
    );
}

function expectWholeWords(before: string, after: string): void {
  const difference = differenceOf(before, after);
  const { hunks } = difference;
  const every = new Set(hunks.keys());
  expect(mergedText(difference, new Set())).toBe(before);
  expect(mergedText(difference, every)).toBe(after);
  expect(hunks.toReversed().reduce((text, hunk) => takeHunk(before, text, hunk), after)).toBe(before);

  const words = new Set([before, after].flatMap(wordsOf));
  const spaces = [before, after].flatMap(doubledSpaces).join();
  for (const taken of choices(hunks.length)) {
    const text = mergedText(difference, taken);
    const put = hunks
      .toReversed()
      .filter((hunk) => !taken.has(hunks.indexOf(hunk)))
      .reduce((rest, hunk) => takeHunk(before, rest, hunk), after);
    expect(put).toBe(text);
    expect(wordsOf(text).filter((word) => !words.has(word))).toEqual([]);
    expect(doubledSpaces(text).filter((space) => !spaces.includes(space))).toEqual([]);
  }
}

describe("taking hunks from either text", () => {
  it.each([...CAPTIONS, ...WITHOUT_SPACES])("keeps the words of %j and %j whole", (before, after) => {
    expectWholeWords(before, after);
    expectWholeWords(after, before);
  });

  it("keeps the words of any two texts whole", { timeout: 30_000 }, () => {
    for (const [before, after] of made(250)) expectWholeWords(before, after);
  });

  it("leaves a script without spaces more than one hunk", () => {
    for (const [before, after] of WITHOUT_SPACES.slice(0, 4))
      expect(differenceOf(before, after).hunks.length).toBeGreaterThan(1);
  });
});

/** What somebody does at the workbench who puts back one change after the other. */
function putBackAll(before: string, after: string): string {
  const opened: EditorState = { ...EMPTY, current: task(1, { starting_text: before }), text: after };
  let state = stepHunk(1, "en")(opened);
  for (let steps = 0; state.hunk !== null && steps < 200; steps += 1) state = takeChosenHunk("en")(state);
  return state.text;
}

it(
  "comes to the starting text exactly when every change is put back at the workbench",
  { timeout: 30_000 },
  () => {
    for (const [before, after] of [...CAPTIONS, ...WITHOUT_SPACES, ...made(100)])
      expect(putBackAll(before, after)).toBe(before);
  },
);
