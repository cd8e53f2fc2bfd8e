/** The stage's arithmetic: fitting, zooming at the pointer, panning within bounds, turning. */
import { describe, expect, it } from "vitest";

import {
  brighten,
  fit,
  FITTED,
  fittingScale,
  fullSize,
  pan,
  rotate,
  scaleOf,
  zoomAt,
} from "../../src/stage/view";

const IMAGE = { width: 1000, height: 500 };
const STAGE = { width: 500, height: 400 };
const MIDDLE = { x: 0, y: 0 };

describe("fitting", () => {
  it("shows the whole image, turned or not", () => {
    expect(fittingScale(IMAGE, STAGE, 0)).toBe(0.5);
    expect(fittingScale(IMAGE, STAGE, 90)).toBe(0.4);
  });

  it("enlarges a small picture at most four times", () => {
    expect(fittingScale({ width: 10, height: 10 }, STAGE, 0)).toBe(4);
  });

  it("survives a stage without size", () => {
    expect(fittingScale(IMAGE, { width: 0, height: 0 }, 0)).toBe(1);
  });
});

describe("zoomAt", () => {
  it("keeps the point under the pointer in place", () => {
    const at = { x: 100, y: 50 };
    const view = zoomAt(FITTED, 4, at, IMAGE, STAGE);
    const imagePoint = (x: number, scale: number, offset: number): number => (x - offset) / scale;
    expect(imagePoint(at.x, 2, view.x)).toBe(imagePoint(at.x, 0.5, 0));
    expect(imagePoint(at.y, 2, view.y)).toBe(imagePoint(at.y, 0.5, 0));
  });

  it("never gets smaller than fitting nor larger than the limit", () => {
    expect(zoomAt(FITTED, 0.1, MIDDLE, IMAGE, STAGE)).toEqual(FITTED);
    expect(zoomAt(FITTED, 1e6, MIDDLE, IMAGE, STAGE).scale).toBe(16);
  });
});

describe("pan", () => {
  it("moves a zoomed image, but not off the stage", () => {
    const zoomed = zoomAt(FITTED, 2, MIDDLE, IMAGE, STAGE);
    expect(pan(zoomed, 30, 20, IMAGE, STAGE)).toEqual({ ...zoomed, x: 30, y: 20 });
    expect(pan(zoomed, 9999, -9999, IMAGE, STAGE)).toEqual({ ...zoomed, x: 250, y: -50 });
  });

  it("does not move an image that is wholly seen", () => {
    expect(pan(FITTED, 30, 20, IMAGE, STAGE)).toEqual(FITTED);
  });
});

it("shows 100 % and fits again", () => {
  const full = fullSize(FITTED, IMAGE, STAGE);
  expect(scaleOf(full, IMAGE, STAGE)).toBe(1);
  expect(fit(full)).toEqual(FITTED);
});

it("shows a small picture at 100 % too, where fitting it enlarges it", () => {
  const small = { width: 40, height: 30 };
  expect(scaleOf(FITTED, small, STAGE)).toBe(4);
  const full = fullSize(FITTED, small, STAGE);
  expect(scaleOf(full, small, STAGE)).toBe(1);
  expect(scaleOf(zoomAt(full, 2, { x: 0, y: 0 }, small, STAGE), small, STAGE)).toBe(2);
  expect(scaleOf(zoomAt(full, 0.1, { x: 0, y: 0 }, small, STAGE), small, STAGE)).toBe(1);
});

it("comes round after four turns", () => {
  const turned = rotate(FITTED);
  expect(turned.turns).toBe(90);
  expect(rotate(rotate(rotate(turned)))).toEqual(FITTED);
});

it("brightens in steps and comes back", () => {
  const steps = [FITTED];
  for (let i = 0; i < 5; i += 1) steps.push(brighten(steps.at(-1) ?? FITTED));
  expect(steps.map((view) => view.brightness)).toEqual([1, 1.5, 2, 2.5, 3, 1]);
});
