/** What a person reads at the workbench when the server refuses them, and what becomes of their words. */
import { expect, it } from "vitest";

import { Problem } from "../../src/api/problem";
import type { Server } from "../../src/editor/server";

import { freshDevice, opened } from "./opened";
import { soon, timePassesOnRequest } from "./passing_time";
import { Rules } from "./rules";

timePassesOnRequest();

it("tells who is paused so, with the words kept, and saves on over its own version", async () => {
  const rules = new Rules(2);
  const saved: [string, number][] = [];
  const paused = (extra: Record<string, unknown> = {}) =>
    new Problem(403, "paused", "ada paused you in this project.", {}, extra);
  const save: Server["save"] = (_task, text, version) => {
    saved.push([text, version]);
    return Promise.reject(paused({ version: version + 1 }));
  };
  const bench = await opened(rules, await freshDevice(), { ...rules.server, save });
  for (const text of ["So far", "So far, and more"]) {
    bench.type(text);
    await soon(() => expect(bench.state.get().save).toBe("paused"));
    expect(bench.state.get()).toMatchObject({
      text,
      problem: "ada paused you in this project.",
      other: null,
    });
  }
  bench.hide();
  expect(saved).toEqual([
    ["So far", 0],
    ["So far, and more", 1],
  ]);
  bench.stop();
});

it("says in the server's words why it gives no tasks", async () => {
  const rules = new Rules(2);
  const claim: Server["claim"] = () => Promise.reject(new Problem(403, "paused", "ada paused you."));
  const bench = await opened(rules, await freshDevice(), { ...rules.server, claim });
  expect(bench.state.get()).toMatchObject({ supply: "refused", refusal: "ada paused you." });
  bench.stop();
});
