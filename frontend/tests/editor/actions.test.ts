/** The workbench's actions on their own: sources, hunks, conflicts, what is kept of a task. */
import { describe, expect, it } from "vitest";

import * as actions from "../../src/editor/actions";
import { EMPTY, type EditorState } from "../../src/editor/state";

import { task } from "./rules";

const TASK = task(1, {
  starting_text: "A lizard on a rock",
  starting_source: "previous_caption",
  alt_texts: ["iguana", "Galápagos 2019"],
  previous_caption: "A lizard on a rock",
  draft: { text: "A marine iguana on a rock", run: "Altogether(1)", pieces: ["A marine iguana on a rock"] },
  working_copy: { text: "A lizard on a rock", version: 4 },
});
const OPEN = actions.openTask(TASK)(EMPTY);

const after = (state: EditorState, ...done: ((state: EditorState) => EditorState)[]): EditorState =>
  done.reduce((old, action) => action(old), state);

describe("opening", () => {
  it("starts from the server's working copy", () => {
    expect(OPEN).toMatchObject({ text: "A lizard on a rock", version: 4, save: "saved", current: TASK });
  });

  const kept = { text: "Typed here", version: 4, decisions: {}, milliseconds: 2000, others: [] };

  it("prefers what this device kept", () => {
    expect(actions.openTask(TASK, kept)(EMPTY)).toMatchObject({
      text: "Typed here",
      save: "typing",
      time: { milliseconds: 2000 },
    });
  });

  it("asks about each other text in turn", () => {
    const others = ["A lizard on a rock", "From a third tab"];
    const state = actions.openTask(TASK, { ...kept, others })(EMPTY);
    expect(state).toMatchObject({
      text: "Typed here",
      save: "conflict",
      other: { text: "A lizard on a rock", version: 4 },
    });
    const second = actions.keepMine(state);
    expect(second).toMatchObject({ save: "conflict", other: { text: "From a third tab" } });
    expect(actions.takeOther(second)).toMatchObject({
      text: "From a third tab",
      save: "typing",
      other: null,
    });
  });

  it("does not ask again about a text that was chosen", () => {
    const state = actions.openTask(TASK, { ...kept, others: ["One", "Two"] })(EMPTY);
    expect(actions.choose("Two")(state)).toMatchObject({ text: "Two", save: "typing", other: null });
  });
});

describe("sources", () => {
  it("takes one over as the whole text", () => {
    expect(after(OPEN, actions.takeSource("draft"))).toMatchObject({
      text: "A marine iguana on a rock",
      save: "typing",
    });
    expect(after(OPEN, actions.takeSource("alt_text")).text).toBe("iguana; Galápagos 2019");
  });

  it("leaves the text alone when there is no such source", () => {
    const bare = actions.openTask(task(2))(EMPTY);
    expect(after(bare, actions.takeSource("draft"))).toBe(bare);
  });

  it("compares with each source in turn", () => {
    const bases: string[] = [];
    let state = OPEN;
    for (let i = 0; i < 3; i += 1) {
      state = actions.compareWithNext(state);
      bases.push(state.base);
    }
    expect(bases).toEqual(["alt_text", "draft", "starting_text"]);
  });
});

describe("hunks", () => {
  const typed = after(OPEN, actions.typeText("A big iguana on a wet rock"));

  it("are chosen round and round", () => {
    const chosen: (number | null)[] = [];
    let state = typed;
    for (let i = 0; i < 3; i += 1) {
      state = actions.stepHunk(1, "en")(state);
      chosen.push(state.hunk);
    }
    expect(chosen).toEqual([0, 1, 0]);
    expect(actions.stepHunk(-1, "en")(typed).hunk).toBe(1);
    expect(actions.stepHunk(1, "en")(OPEN).hunk).toBeNull();
  });

  it("are put back one at a time", () => {
    const once = after(typed, actions.stepHunk(1, "en"), actions.takeChosenHunk("en"));
    expect(once).toMatchObject({ text: "A lizard on a wet rock", hunk: 0, save: "typing" });
    const twice = actions.takeChosenHunk("en")(once);
    expect(twice).toMatchObject({ text: "A lizard on a rock", hunk: null });
  });

  it("are taken from the draft when it is what the text is compared with", () => {
    const state = after(OPEN, actions.compareWith("draft"), actions.stepHunk(1, "en"));
    expect(actions.takeChosenHunk("en")(state).text).toBe("A marine iguana on a rock");
  });
});

describe("saving", () => {
  it("is not finished when more was typed meanwhile", () => {
    const state = after(OPEN, actions.typeText("A"), actions.startSaving, actions.typeText("AB"));
    expect(actions.finishSaving("A", 5, {})(state)).toMatchObject({
      save: "typing",
      version: 5,
      savedText: "A",
    });
    expect(after(state, actions.finishSaving("AB", 5, {})).save).toBe("saved");
  });

  it("sees no conflict where the other text is the same", () => {
    const state = after(OPEN, actions.typeText("Same"));
    expect(actions.meetOtherText({ text: "Same", version: 9 })(state)).toMatchObject({
      save: "saved",
      version: 9,
      other: null,
    });
  });

  it("stays in conflict while typing, until the person chooses", () => {
    const state = after(
      OPEN,
      actions.meetOtherText({ text: "Theirs", version: 9 }),
      actions.typeText("Mine"),
    );
    expect(state.save).toBe("conflict");
    expect(actions.keepMine(state)).toMatchObject({ text: "Mine", version: 9, save: "typing", other: null });
    expect(actions.takeOther(state)).toMatchObject({
      text: "Theirs",
      version: 9,
      save: "saved",
      other: null,
    });
    expect(actions.choose("Both of ours")(state)).toMatchObject({ text: "Both of ours", version: 9 });
  });
});

it("sets a task aside as it stands", () => {
  const state = after(
    OPEN,
    actions.typeText("Begun"),
    actions.finishSaving("Begun", 5, {}),
    actions.setAside,
  );
  expect(state).toMatchObject({ current: null, text: "" });
  expect(state.ahead.map(({ id, working_copy }) => [id, working_copy])).toEqual([
    [1, { text: "Begun", version: 5 }],
  ]);
});

it("keeps a decision until it is taken back", () => {
  const decision = { outcome: "dropped", reason: "wrong" } as const;
  const decided = after(OPEN, actions.decide("iguana", decision));
  expect(decided.decisions).toEqual({ iguana: decision });
  expect(after(decided, actions.decide("iguana", null)).decisions).toEqual({});
});
