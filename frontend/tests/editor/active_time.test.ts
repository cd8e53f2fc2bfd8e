/** Only active seconds are counted. */
import { expect, it } from "vitest";

import { activeSeconds, type ActiveTime, isIdle, NO_TIME, seenActive } from "../../src/editor/active_time";

const after = (...moments: number[]): ActiveTime => moments.reduce(seenActive, NO_TIME);

it("counts from the first sign of life, up to now", () => {
  expect(activeSeconds(NO_TIME, 99_000)).toBe(0);
  expect(activeSeconds(after(0, 10_000), 12_340)).toBe(12.3);
});

it("leaves out a pause longer than a minute", () => {
  expect(activeSeconds(after(0, 10_000, 600_000, 605_000), 605_000)).toBe(15);
  expect(isIdle(after(0), 60_000)).toBe(false);
  expect(isIdle(after(0), 60_001)).toBe(true);
});

it("does not run backwards with the clock", () => {
  expect(activeSeconds(after(10_000, 5_000), 5_000)).toBe(0);
});
