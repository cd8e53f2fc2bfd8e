/** What an event is said to have changed. */
import { expect, test } from "vitest";

import { changesOf } from "../../src/history/changes";

test("a field that changed has both sides", () => {
  expect(changesOf({ role: "annotator" }, { role: "admin" })).toEqual([
    { name: "role", before: "annotator", after: "admin" },
  ]);
});

test("what was added or is gone has one side", () => {
  expect(changesOf({ url: "a" }, { count: 3 })).toEqual([
    { name: "url", before: "a", after: undefined },
    { name: "count", before: undefined, after: "3" },
  ]);
});

test("what stayed is left out, however it is nested", () => {
  expect(changesOf({ verbs: ["a"], user: 1 }, { verbs: ["a"], user: 2 })).toEqual([
    { name: "user", before: "1", after: "2" },
  ]);
});

test("false and null are values", () => {
  expect(changesOf({ active: true, end: null }, { active: false, end: "2027" })).toEqual([
    { name: "active", before: "true", after: "false" },
    { name: "end", before: "null", after: "2027" },
  ]);
});
