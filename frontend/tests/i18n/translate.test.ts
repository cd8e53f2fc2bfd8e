/** Messages: values, plural forms of any language, and catalogues that fit the code. */
import { expect, it } from "vitest";

import english from "../../src/i18n/catalogues/en.json";
import { formatMessage } from "../../src/i18n/translate";

it("puts values in and leaves unknown names alone", () => {
  expect(formatMessage("{done} of {total}, {x}", "en", { done: 1, total: 2000 })).toBe("1 of 2,000, {x}");
});

it("chooses the plural form by the language's rules", () => {
  const words = { one: "{count} slovo", few: "{count} slova", other: "{count} slov" };
  expect([1, 3, 5].map((count) => formatMessage(words, "cs", { count }))).toEqual([
    "1 slovo",
    "3 slova",
    "5 slov",
  ]);
});

it("has forms for one and many wherever a message counts", () => {
  const counted = Object.entries(english).filter(([, message]) => typeof message !== "string");
  expect(counted.length).toBeGreaterThan(5);
  for (const [key, message] of counted) expect(Object.keys(message), key).toEqual(["one", "other"]);
});

it("is sorted, so that a translation can be laid beside it", () => {
  const keys = Object.keys(english);
  expect(keys).toEqual([...keys].sort((a, b) => (a < b ? -1 : 1)));
});

it("calls the same thing the same on every screen", () => {
  const { one, other } = english["adjudication.waiting"];
  expect(english["next.adjudicate"]).toBe(english["adjudication.title"]);
  expect([one, other].every((each) => each.startsWith(english["adjudication.title"]))).toBe(true);
  expect(english["key.undo"]).toBe(english["undo.previous"]);
});
