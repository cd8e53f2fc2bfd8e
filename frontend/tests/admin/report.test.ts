/** A run's report is read with care: whatever is in it, the page is drawn. */
import { expect, it } from "vitest";

import { lossCurve, samples, warnings } from "../../src/admin/report";

it("reads the loss however it was written down", () => {
  const points = [
    { step: 0, loss: 3 },
    { step: 10, loss: 1.5 },
  ];
  expect(lossCurve({ losses: [[0, 3], [10, 1.5]] })).toEqual(points); // prettier-ignore
  expect(lossCurve({ history: [{ step: 0, loss: 3, lr: 1 }, { step: 10, loss: 1.5 }] })).toEqual(points); // prettier-ignore
  expect(lossCurve({ losses: [3, 1.5] }).map(({ loss }) => loss)).toEqual([3, 1.5]);
});

it("leaves out what is no number and survives any report", () => {
  expect(lossCurve({ losses: [[0, null], "x", { step: 1 }, [2, Infinity], [3, 1]] })).toEqual([
    { step: 3, loss: 1 },
  ]);
  expect(lossCurve({})).toEqual([]);
  expect(samples({ samples: "none" })).toEqual([]);
  expect(warnings({})).toEqual([]);
});

it("reads samples", () => {
  const row = { image: "/srv/a.png", alt_text: "a", reference: "b", with_alt: "c", without_alt: null };
  expect(samples({ samples: [row, 7] })).toEqual([
    { image: "", altText: "a", reference: "b", withAlt: "c", withoutAlt: "" },
  ]);
});
