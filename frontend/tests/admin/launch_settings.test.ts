import { describe, expect, it } from "vitest";

import { asNewRound, audienceObstacle, firstSettings } from "../../src/admin/launch_settings";
import { evenly } from "../../src/admin/LaunchAudience";
import type { Project } from "../../src/api/projects";

const project = {
  slug: "iguanas",
  review_levels: 2,
  review_level_names: ["Reviewer", "Language lead"],
} as Project;

describe("what a launch asks for", () => {
  it("starts from alt-texts in the first round, then from drafts where there are some", () => {
    expect(firstSettings(project, 1, false, false).starting_text).toBe("alt_text");
    expect(firstSettings(project, 2, false, false).starting_text).toBe("previous_caption");
    expect(firstSettings(project, 2, true, false).starting_text).toBe("draft");
    expect(firstSettings(project, 2, true, true)).toMatchObject({ unconvergedOnly: true, review_levels: 2 });
  });

  it("sends names cut at commas, the chosen people, and no control share without drafts", () => {
    const settings = {
      ...firstSettings(project, 2, false, true),
      sources: " wit, , datacomp ",
      sample: 100,
      control_share: 0.2,
      audience: { kind: "people", names: ["ana", "ben"] } as const,
    };
    expect(asNewRound("iguanas", 2, settings)).toMatchObject({
      project: "iguanas",
      number: 2,
      control_share: 0,
      people: ["ana", "ben"],
      cohorts: [],
      images: { sources: ["wit", "datacomp"], domains: [], unconverged_only: true, sample: 100 },
    });
  });

  it("sends cohorts with their shares, without those that get nothing", () => {
    const audience = { kind: "cohorts", percents: { experts: 70, newcomers: 30, resting: 0 } } as const;
    const sent = asNewRound("iguanas", 1, { ...firstSettings(project, 1, false, false), audience });
    expect(sent.cohorts).toEqual([
      { cohort: "experts", share: 0.7 },
      { cohort: "newcomers", share: 0.3 },
    ]);
  });

  it("waits until somebody is chosen and the shares add up", () => {
    expect(audienceObstacle({ kind: "everybody" })).toBeNull();
    expect(audienceObstacle({ kind: "people", names: [] })).toBe("launch.nobody");
    expect(audienceObstacle({ kind: "people", names: ["ana"] })).toBeNull();
    expect(audienceObstacle({ kind: "cohorts", percents: { experts: 60, newcomers: 30 } })).toBe(
      "launch.sharesOff",
    );
    expect(audienceObstacle({ kind: "cohorts", percents: evenly(["a", "b", "c"]) })).toBeNull();
    expect(evenly(["a", "b", "c"])).toEqual({ a: 34, b: 33, c: 33 });
  });
});
