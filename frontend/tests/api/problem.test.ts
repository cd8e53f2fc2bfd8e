/** What an answer that is not a success means. */
import { expect, it } from "vitest";

import { Problem, problemFrom, Unreachable } from "../../src/api/problem";

it("reads a problem document", () => {
  const document = {
    type: "urn:altogether:newer-text-saved",
    status: 409,
    code: "newer-text-saved",
    detail: "A newer text was saved.",
    text: "theirs",
    version: 3,
  };
  const problem = problemFrom(409, document) as Problem;
  expect(problem).toBeInstanceOf(Problem);
  expect([problem.status, problem.code, problem.detail]).toEqual([
    409,
    "newer-text-saved",
    "A newer text was saved.",
  ]);
  expect(problem.extra).toMatchObject({ text: "theirs", version: 3 });
});

it("knows the members of a document by its code", () => {
  const problem = problemFrom(409, { code: "upload-out-of-step", detail: "", received: 7 }) as Problem;
  if (!problem.is("upload-out-of-step")) throw new Error("It is that one.");
  const received: number = problem.extra.received;
  expect(received).toBe(7);
  expect(problem.is("round-closed")).toBe(false);
  // @ts-expect-error The server has no such code.
  expect(problem.is("round-closd")).toBe(false);
});

it("keeps the words for each field", () => {
  const problem = problemFrom(400, {
    code: "invalid",
    detail: "",
    errors: { slug: ["Too long."], name: "Missing." },
  });
  expect((problem as Problem).fields).toEqual({ slug: ["Too long."], name: ["Missing."] });
});

it("tells a refusal from a server that may answer later", () => {
  for (const status of [500, 502, 503, 504, 429]) expect(problemFrom(status, {})).toBeInstanceOf(Unreachable);
  expect(problemFrom(404, "<html>")).toBeInstanceOf(Problem);
});

it("knows when nobody is signed in", () => {
  const signedOut = (status: number, code: string): boolean =>
    (problemFrom(status, { code }) as Problem).signedOut;
  expect(signedOut(403, "not-authenticated")).toBe(true);
  expect(signedOut(401, "authentication-failed")).toBe(true);
  expect(signedOut(403, "not-allowed")).toBe(false);
});
