/** What the console works out: a round's and a job's pace, and what to do next. */
import { describe, expect, it } from "vitest";

import type { Job } from "../../src/api/jobs";
import type { Round } from "../../src/api/rounds";
import { roundProgress, whatNow } from "../../src/admin/progress";
import { jobPace } from "../../src/jobs/pace";

const NONE = {
  pending: 0,
  claimed: 0,
  submitted: 0,
  accepted: 0,
  returned: 0,
  skipped: 0,
  cancelled: 0,
  total: 0,
};

function round(counts: Partial<Round["counts"]>, extra: Partial<Round> = {}): Round {
  return {
    id: 1,
    project: "p",
    number: 1,
    state: "open",
    starting_text: "alt_text",
    check_share: null,
    review_levels: 1,
    review_level_names: [],
    cohort_shares: {},
    drafting_run: null,
    annotators_per_image: 1,
    review_share: 0,
    lease_minutes: 30,
    own_previous_allowed: false,
    order: "imported",
    control_share: 0,
    seed: 0,
    image_choice: {},
    opened_at: null,
    closed_at: null,
    counts: { ...NONE, ...counts },
    mine: { claimed: 0, submitted: 0, accepted: 0, returned: 0 },
    captions_last_hour: 0,
    ...extra,
  };
}

function job(extra: Partial<Job>): Job {
  return {
    id: "x",
    project: "p",
    kind: "train_captioner",
    state: "running",
    round: null,
    run: null,
    export: null,
    done: 0,
    total: 0,
    message: "",
    result: {},
    error: "",
    attempts: 1,
    cancel_requested: false,
    created_at: "2026-01-01T00:00:00Z",
    started_at: "2026-01-01T00:00:00Z",
    finished_at: null,
    ...extra,
  };
}

const STARTED = Date.parse("2026-01-01T00:00:00Z");

describe("roundProgress", () => {
  it("counts what needs no annotator any more, of all tasks, and tells the cancelled apart", () => {
    const counts = { total: 100, cancelled: 10, submitted: 20, accepted: 15, skipped: 5, pending: 50 };
    expect(roundProgress(round(counts, { captions_last_hour: 25 }))).toEqual({
      done: 40,
      cancelled: 10,
      total: 100,
      left: 50,
      secondsLeft: 7200,
    });
  });

  it("foretells nothing without a pace, or when all is done", () => {
    expect(roundProgress(round({ total: 9, pending: 9 })).secondsLeft).toBeNull();
    expect(roundProgress(round({ total: 9, accepted: 9 }, { captions_last_hour: 9 })).secondsLeft).toBeNull();
  });
});

describe("jobPace", () => {
  it("goes by what was done since the start", () => {
    expect(jobPace(job({ done: 50, total: 200 }), STARTED + 10_000)).toEqual({ rate: 5, secondsLeft: 30 });
  });

  it("is silent before there is anything to go by, and without a known end", () => {
    expect(jobPace(job({ done: 0, total: 200 }), STARTED + 10_000).rate).toBeNull();
    expect(jobPace(job({ state: "queued", started_at: null, done: 1 }), STARTED).rate).toBeNull();
    expect(jobPace(job({ done: 5, total: 0 }), STARTED + 1000)).toEqual({ rate: 5, secondsLeft: null });
  });
});

describe("whatNow", () => {
  const closed = round({ total: 2, accepted: 2 }, { state: "closed" });

  const now = (rounds: Round[], jobs: Job[]) => whatNow({ rounds, jobs, images: 9, members: 3 });

  it("leads through the loop", () => {
    expect(now([], [])).toBe("now.first");
    expect(now([round({ total: 2, pending: 1, claimed: 1 })], [])).toBe("now.open");
    const paced = { captions_last_hour: 1 };
    expect(now([round({ total: 2, pending: 1, accepted: 1 }, paced)], [])).toBe("now.open");
    expect(now([round({ total: 2, pending: 1, accepted: 1 })], [])).toBe("now.nobody");
    expect(now([round({ total: 2, accepted: 1, submitted: 1 })], [])).toBe("now.close");
    expect(now([closed], [job({})])).toBe("now.jobs");
    expect(now([closed], [job({ kind: "export_archive" })])).toBe("now.launch");
    expect(now([closed], [job({ state: "failed" })])).toBe("now.failed");
    expect(now([closed], [job({ state: "succeeded" })])).toBe("now.launch");
    expect(now([round({ total: 2 }, { state: "closing" })], [])).toBe("now.moving");
  });

  it("begins with the pictures", () => {
    const empty = { rounds: [], images: 0, members: 1 };
    expect(whatNow({ ...empty, jobs: [] })).toBe("now.pictures");
    expect(whatNow({ ...empty, jobs: [job({ kind: "import_images" })] })).toBe("now.importing");
    expect(whatNow({ ...empty, jobs: [job({ kind: "import_images", state: "failed" })] })).toBe(
      "now.pictures",
    );
  });

  it("says when nobody else is there to annotate", () => {
    const open = round({ total: 2, pending: 2 });
    const done = round({ total: 2, accepted: 2 });
    const alone = { jobs: [], images: 2, members: 1 };
    expect(whatNow({ ...alone, rounds: [open] })).toBe("now.alone");
    expect(whatNow({ ...alone, rounds: [open], members: null })).toBe("now.nobody");
    expect(whatNow({ ...alone, rounds: [done] })).toBe("now.close");
  });
});
