/** What the first screen offers to whom. */
import { expect, it } from "vitest";

import type { Project } from "../../src/api/projects";
import { nextSteps, waitingReason } from "../../src/projects/next_step";

type State = NonNullable<Project["current_round"]>["state"];

function project(role: Project["role"], state: State | null): Project {
  return {
    slug: "p",
    name: "P",
    guidelines: "",
    language: "en",
    blur_faces: true,
    asks_for_concepts: false,
    skip_reasons: [],
    flag_reasons: [],
    release_reasons: [],
    review_levels: 1,
    review_level_names: [],
    caption_limit: 10_000,
    role,
    image_count: 3,
    eval_count: 1,
    gate_metric: "cider",
    gate_margin: 1,
    gate_min_rows: 1,
    paused: false,
    current_round: state === null ? null : { id: 7, number: 1, state, starting_text: "alt_text" },
  };
}

const hrefs = (role: Project["role"], state: State | null): string[] =>
  nextSteps(project(role, state)).map(({ href }) => href);

it("offers each role its work", () => {
  expect(hrefs("annotator", "open")).toEqual(["/annotate/7"]);
  expect(hrefs("reviewer", "open")).toEqual(["/annotate/7", "/review/7"]);
  expect(hrefs("admin", "open")).toEqual(["/annotate/7", "/review/7", "/projects/p"]);
  expect(hrefs("annotator", "closed")).toEqual([]);
  expect(hrefs("admin", null)).toEqual(["/projects/p"]);
});

it("says why there is nothing to do", () => {
  expect(waitingReason(project("annotator", null))).toBe("next.notStarted");
  expect(waitingReason(project("annotator", "closed"))).toBe("next.between");
  expect(waitingReason(project("annotator", "open"))).toBeNull();
});
