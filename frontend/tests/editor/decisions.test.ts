/** What somebody decided on the alt-text's phrases is kept like their words: it comes back wherever the words do. */
import { expect, it } from "vitest";

import { conceptLedger, decisionsOf, type Decisions } from "../../src/editor/concepts";
import { reopened } from "../../src/editor/kept_texts";
import { undecidedConcepts } from "../../src/editor/submission";

import { freshDevice, opened } from "./opened";
import { soon, timePassesOnRequest } from "./passing_time";
import { Rules, task } from "./rules";

timePassesOnRequest();

const WRONG = { outcome: "dropped", reason: "wrong" } as const;
const DECIDED: Decisions = { "Costa Rica": WRONG };
const GIVEN = [{ phrase: "Costa Rica", ...WRONG }];

function rulesWithConcepts(extra: Parameters<typeof task>[1] = {}): Rules {
  const rules = new Rules(3);
  rules.tasks.set(1, task(1, { phrases: ["Costa Rica"], ...extra }));
  return rules;
}

it("saves a decision without a change of the text, and finds it on another device", async () => {
  const rules = rulesWithConcepts();
  const bench = await opened(rules, await freshDevice());
  bench.decide("Costa Rica", WRONG);
  expect(bench.state.get().save).toBe("typing");
  await soon(() => expect(bench.state.get().save).toBe("saved"));
  expect(rules.get(1).concepts).toEqual(GIVEN);
  const elsewhere = await opened(rules, await freshDevice());
  expect(elsewhere.state.get()).toMatchObject({ decisions: DECIDED, save: "saved" });
});

it("has the decisions and the time of a submission that is taken back", async () => {
  const rules = rulesWithConcepts();
  const bench = await opened(rules, await freshDevice());
  bench.state.change((state) => ({ ...state, time: { milliseconds: 42_000, lastSeen: null } }));
  bench.type("An iguana.");
  bench.decide("Costa Rica", WRONG);
  bench.submit();
  await soon(() => expect(bench.state.get().lastSubmission?.caption).toBe(0));
  await bench.undo();
  expect(bench.state.get().decisions).toEqual(DECIDED);
  bench.submit();
  await soon(() => expect(rules.captions).toHaveLength(2));
  expect(rules.captions[1]?.seconds).toBeGreaterThanOrEqual(42);
});

it("has the decisions of a submission that was not sent yet", async () => {
  const rules = rulesWithConcepts();
  const bench = await opened(rules, await freshDevice());
  rules.online = false;
  bench.decide("Costa Rica", WRONG);
  bench.submit();
  await soon(() => expect(bench.outbox.state.get().waiting).toHaveLength(1));
  await bench.undo();
  expect(bench.state.get().decisions).toEqual(DECIDED);
});

it("keeps the decisions of a task that is set aside", async () => {
  const rules = rulesWithConcepts({ id: 1 });
  rules.tasks.set(2, task(2, { phrases: ["Costa Rica"] }));
  const bench = await opened(rules, await freshDevice());
  bench.submit();
  bench.decide("Costa Rica", WRONG);
  await bench.undo();
  bench.submit();
  expect(bench.state.get()).toMatchObject({ decisions: DECIDED });
  expect(bench.state.get().current?.id).toBe(2);
});

it("takes the server's decisions where another device was ahead, and else the device's", () => {
  const kept = { user: 1, task: 1, page: "a", text: "A", decisions: DECIDED, milliseconds: 0, keptAt: 1 };
  const copy = { working_copy: { text: "A", version: 4 }, concepts: [] };
  expect(reopened(copy, [{ ...kept, version: 3, onServer: true }])?.decisions).toEqual({});
  expect(reopened(copy, [{ ...kept, version: 4, onServer: false }])?.decisions).toEqual(DECIDED);
});

it("shows what was decided in the round before, until somebody says otherwise or the text does", async () => {
  const before = decisionsOf(GIVEN);
  const ledger = (caption: string, own: Decisions = {}) =>
    conceptLedger(["Costa Rica"], caption, own, "en", before)[0];
  expect(ledger("An iguana.")).toMatchObject({ ...WRONG, before: true, undecided: false });
  expect(ledger("An iguana in Costa Rica.")).toMatchObject({ outcome: "kept", before: false });
  const own = { "Costa Rica": { outcome: "dropped", reason: "unsure" } } as const;
  expect(ledger("An iguana.", own)).toMatchObject({ reason: "unsure", before: false });

  const bench = await opened(rulesWithConcepts({ concepts_before: GIVEN }), await freshDevice());
  expect(undecidedConcepts(bench.state.get(), "en")).toEqual([]);
});

it("goes on with a caption that the server refused, once it fits", async () => {
  const rules = rulesWithConcepts();
  rules.limit = 10;
  const bench = await opened(rules, await freshDevice());
  bench.type("Longer than ten characters");
  bench.decide("Costa Rica", WRONG);
  bench.submit();
  await soon(() => expect(bench.outbox.state.get().refused).toHaveLength(1));
  const [refused] = bench.outbox.state.get().refused;
  expect(await bench.takeUp(refused?.submissionId ?? "")).toBe(true);
  expect(bench.state.get()).toMatchObject({ text: "Longer than ten characters", decisions: DECIDED });
  expect(bench.outbox.state.get().refused).toEqual([]);
  bench.type("Ten or so.");
  bench.submit();
  await soon(() => expect(rules.captions.map(({ text }) => text)).toEqual(["Ten or so."]));
});

it("keeps a refused caption whose task is somebody else's", async () => {
  const rules = rulesWithConcepts();
  rules.limit = 10;
  const bench = await opened(rules, await freshDevice());
  bench.type("Longer than ten characters");
  bench.submit();
  await soon(() => expect(bench.outbox.state.get().refused).toHaveLength(1));
  rules.tasks.set(1, task(1, { state: "submitted" }));
  expect(await bench.takeUp(bench.outbox.state.get().refused[0]?.submissionId ?? "")).toBe(false);
  expect(bench.outbox.state.get().refused).toMatchObject([{ text: "Longer than ten characters" }]);
});
