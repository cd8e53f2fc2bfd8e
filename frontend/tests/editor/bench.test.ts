/** The workbench against a server in memory that keeps the API's promises: nothing typed is lost, nothing is stored twice. */
import { expect, it } from "vitest";

import { choose, keepMine, notePaste, takeOther } from "../../src/editor/actions";
import { type Bench, createBench } from "../../src/editor/bench";
import type { Server } from "../../src/editor/server";
import { Unreachable } from "../../src/api/problem";

import { freshDevice, opened, USER } from "./opened";
import { soon, timePassesOnRequest } from "./passing_time";
import { ROUND, Rules, task } from "./rules";

timePassesOnRequest();

const currentId = (bench: Bench): number | undefined => bench.state.get().current?.id;
const savedBy = (bench: Bench): Promise<void> => soon(() => expect(bench.state.get().save).toBe("saved"));
const stored = (rules: Rules, count: number): Promise<void> =>
  soon(() => expect(rules.captions).toHaveLength(count));

it("opens the first task and fetches two ahead", async () => {
  const bench = await opened(new Rules(9), await freshDevice());
  expect(currentId(bench)).toBe(1);
  expect(bench.state.get().ahead.map(({ id }) => id)).toEqual([2, 3]);
  expect(bench.state.get().text).toBe("alt-text 1");
});

it("shows the next task in the same moment as it submits, and fetches another", async () => {
  const rules = new Rules(9);
  const bench = await opened(rules, await freshDevice());
  bench.type("An iguana.");
  expect(bench.submit()).toBe(true);
  expect(currentId(bench)).toBe(2);
  await stored(rules, 1);
  await soon(() => expect(bench.state.get().ahead.map(({ id }) => id)).toEqual([3, 4]));
  expect(rules.captions.map(({ task: id, text }) => [id, text])).toEqual([[1, "An iguana."]]);
});

it("walks to the end of the round and says so", async () => {
  const rules = new Rules(4);
  const bench = await opened(rules, await freshDevice());
  for (const id of [1, 2, 3, 4]) {
    await soon(() => expect(currentId(bench)).toBe(id));
    bench.submit();
  }
  await stored(rules, 4);
  await soon(() => expect(bench.state.get().supply).toBe("none"));
  expect(rules.captions.map((caption) => caption.task)).toEqual([1, 2, 3, 4]);
  bench.stop();
});

it("does not submit an empty text", async () => {
  const bench = await opened(new Rules(2), await freshDevice());
  bench.type("  \n");
  expect(bench.submit()).toBe(false);
  expect(currentId(bench)).toBe(1);
});

it("saves at a pause, to the server and to the device", async () => {
  const [rules, device] = [new Rules(2), await freshDevice()];
  const bench = await opened(rules, device);
  bench.type("Half a ");
  bench.type("Half a sentence");
  expect(bench.state.get().save).toBe("typing");
  await savedBy(bench);
  expect(rules.get(1).working_copy).toEqual({ text: "Half a sentence", version: 1 });
  expect(await device.keptTexts(USER, 1)).toMatchObject([
    { text: "Half a sentence", version: 1, onServer: true },
  ]);
});

it("finds a text again that never reached the server, after the browser was killed", async () => {
  const [rules, device] = [new Rules(2), await freshDevice()];
  const killed = await opened(rules, device);
  rules.online = false;
  killed.type("Typed just before the crash");
  await soon(async () => expect(await device.keptTexts(USER, 1)).toHaveLength(1));

  rules.online = true;
  const again = await opened(rules, device);
  expect(again.state.get().text).toBe("Typed just before the crash");
  await savedBy(again);
  expect(rules.get(1).working_copy.text).toBe("Typed just before the crash");
});

it("goes on offline with what was fetched ahead and sends everything once when the network is back", async () => {
  const rules = new Rules(9);
  const bench = await opened(rules, await freshDevice());
  rules.online = false;
  for (const text of ["First", "Second", "Third"]) {
    bench.type(text);
    expect(bench.submit()).toBe(true);
  }
  await soon(() => expect(bench.outbox.state.get().waiting).toHaveLength(3));
  expect(currentId(bench)).toBeUndefined();
  rules.online = true;
  bench.resume();
  bench.resume();
  await stored(rules, 3);
  expect(rules.captions.map(({ text }) => text)).toEqual(["First", "Second", "Third"]);
  await soon(() => expect(currentId(bench)).toBe(4));
});

it("asks when another tab saved meanwhile, and keeps what is chosen", async () => {
  const rules = new Rules(2);
  const [one, two] = [await opened(rules, await freshDevice()), await opened(rules, await freshDevice())];
  one.type("From the first tab");
  await savedBy(one);
  two.type("From the second tab");
  await soon(() => expect(two.state.get().save).toBe("conflict"));
  expect(two.state.get().other).toEqual({ text: "From the first tab", version: 1 });
  expect(two.submit()).toBe(false);

  two.edit(keepMine);
  await savedBy(two);
  expect(rules.get(1).working_copy).toEqual({ text: "From the second tab", version: 2 });

  one.type("First tab, again");
  await soon(() => expect(one.state.get().save).toBe("conflict"));
  one.edit(takeOther);
  expect(one.state.get()).toMatchObject({ text: "From the second tab", version: 2, save: "saved" });
});

it("has both texts again after a crash while two tabs of one browser disagree", async () => {
  const [rules, device] = [new Rules(2), await freshDevice()];
  let crashed = false;
  const line: Server = {
    ...rules.server,
    save: (...text) => (crashed ? Promise.reject(new Unreachable("crashed")) : rules.server.save(...text)),
  };
  const [one, two] = [await opened(rules, device, line), await opened(rules, device, line)];
  one.type("Saved by the first tab");
  await savedBy(one);
  two.type("By the second tab");
  await soon(() => expect(two.state.get().save).toBe("conflict"));
  crashed = true;
  one.type("Saved by the first tab, and a last word");
  two.type("By the second tab, and its last word");
  await soon(async () =>
    expect((await device.keptTexts(USER, 1)).map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        "Saved by the first tab, and a last word",
        "By the second tab, and its last word",
      ]),
    ),
  );

  const again = await opened(rules, device);
  const { text, other, moreOthers } = again.state.get();
  expect(moreOthers).toEqual([]);
  expect([text, other?.text].toSorted()).toEqual([
    "By the second tab, and its last word",
    "Saved by the first tab, and a last word",
  ]);
  again.edit(choose("Made of both"));
  await savedBy(again);
  expect(rules.get(1).working_copy.text).toBe("Made of both");
  await soon(async () => expect(await device.keptTexts(USER, 1)).toMatchObject([{ text: "Made of both" }]));
});

it("keeps the words when the round was closed meanwhile", async () => {
  const rules = new Rules(2);
  const bench = await opened(rules, await freshDevice());
  bench.type("Too late");
  rules.open = false;
  bench.submit();
  await soon(() => expect(bench.outbox.state.get().refused).toHaveLength(1));
  expect(bench.outbox.state.get().refused[0]).toMatchObject({
    text: "Too late",
    refusal: "The round was closed meanwhile.",
  });
  expect(rules.captions).toEqual([]);
});

it("goes on after signing in again, with the same words", async () => {
  const rules = new Rules(2);
  const bench = await opened(rules, await freshDevice());
  rules.signedIn = false;
  bench.type("Written while signed out");
  await soon(() => expect(bench.state.get().save).toBe("signed-out"));
  rules.signedIn = true;
  bench.resume();
  await savedBy(bench);
  expect(rules.get(1).working_copy.text).toBe("Written while signed out");
});

it("takes the last submission back and returns to the other task as it was left", async () => {
  const rules = new Rules(9);
  const bench = await opened(rules, await freshDevice());
  bench.type("Submitted too early");
  bench.submit();
  await soon(() => expect(bench.state.get().lastSubmission?.caption).toBe(0));
  bench.type("Begun");
  expect(await bench.undo()).toBe(true);
  expect(bench.state.get()).toMatchObject({ text: "Submitted too early", lastSubmission: null });
  expect(currentId(bench)).toBe(1);
  bench.type("Submitted in good time");
  bench.submit();
  expect(currentId(bench)).toBe(2);
  expect(bench.state.get()).toMatchObject({ text: "Begun", version: 1 });
  expect(await bench.undo()).toBe(true);
});

it("takes a submission back that was not sent yet", async () => {
  const rules = new Rules(9);
  const bench = await opened(rules, await freshDevice());
  rules.online = false;
  bench.type("Not sent");
  bench.submit();
  await soon(() => expect(bench.outbox.state.get().waiting).toHaveLength(1));
  expect(await bench.undo()).toBe(true);
  expect(bench.state.get()).toMatchObject({ text: "Not sent", save: "typing" });
  rules.online = true;
  bench.resume();
  await savedBy(bench);
  expect(rules.captions).toEqual([]);
});

it("does a returned task before new ones, also one submitted here before", async () => {
  const rules = new Rules(9);
  const bench = await opened(rules, await freshDevice());
  bench.submit();
  await stored(rules, 1);
  const review = {
    verdict: "returned",
    comment: "Name the animal.",
    anchor: null,
    reviewer: "rita",
    caption_text: "A lizard.",
  } as const;
  rules.tasks.set(1, { ...rules.get(1), state: "returned", review });
  bench.submit();
  await soon(() => expect(bench.state.get().ahead[0]?.review).toEqual(review));
});

it("skips with a reason and does not see the task again", async () => {
  const rules = new Rules(9);
  const bench = await opened(rules, await freshDevice());
  await bench.skip("The image cannot be seen");
  expect(currentId(bench)).toBe(2);
  expect(bench.state.get().ahead.map(({ id }) => id)).toEqual([3, 4]);
});

it("gives back what was only fetched ahead when the person leaves", async () => {
  const rules = new Rules(9);
  const bench = await opened(rules, await freshDevice());
  bench.stop();
  await soon(() => expect(rules.released).toEqual([2, 3]));
});

it("submits how much of the text was pasted", async () => {
  const rules = new Rules(1);
  const bench = await opened(rules, await freshDevice());
  bench.type("0123456789");
  bench.edit(notePaste(4));
  bench.submit();
  await stored(rules, 1);
  expect(rules.captions[0]?.pastedShare).toBe(0.4);
});

it("submits what became of the concepts", async () => {
  const rules = new Rules(1);
  rules.tasks.set(1, task(1, { alt_texts: ["Green iguana in Costa Rica"] }));
  const submitted: unknown[] = [];
  const { submit } = rules.server;
  const server: Server = { ...rules.server, submit: (made) => (submitted.push(made.concepts), submit(made)) };
  const bench = createBench({
    user: USER,
    round: ROUND,
    language: "en",
    device: await freshDevice(),
    server,
    exclusively: (work) => work(),
    onComing: () => undefined,
  });
  await bench.start();
  bench.type("A green iguana on a branch.");
  bench.decide("Costa Rica", { outcome: "dropped", reason: "not_in_image" });
  bench.submit();
  await stored(rules, 1);
  expect(submitted).toEqual([
    [
      { phrase: "Green iguana", outcome: "kept", reason: null },
      { phrase: "Costa Rica", outcome: "dropped", reason: "not_in_image" },
    ],
  ]);
  bench.stop();
});
