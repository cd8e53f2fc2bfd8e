/** What can happen to the workbench: pure functions from one state to the next. */
import type { Task } from "../api/tasks";

import { NO_TIME, seenActive } from "./active_time";
import { type Decision, type Decisions, decisionsOf, givenOf } from "./concepts";
import { differenceOf, takeHunk } from "../text/difference";
import type { Reopened } from "./kept_texts";
import { basesOf, baseText } from "./sources";
import { type Base, type EditorState, isOnServer, isUntouched, type OtherText, type Panel } from "./state";

type Action = (state: EditorState) => EditorState;

/** Tasks that the server says are held. Those already on the screen stay as they are; `done` are on their way out. */
export const receiveTasks =
  (tasks: readonly Task[], done: ReadonlySet<number>): Action =>
  (state) => {
    const known = new Map([state.current, ...state.ahead].flatMap((task) => (task ? [[task.id, task]] : [])));
    const held = tasks.filter((task) => !done.has(task.id)).map((task) => known.get(task.id) ?? task);
    const others = held.filter((task) => task.id !== state.current?.id);
    // What came back from a reviewer is done before anything new.
    const ahead = [...others.filter(isReturned), ...others.filter((task) => !isReturned(task))];
    const supply = held.length > 0 ? "some" : "none";
    return { ...state, ahead, supply };
  };

export const isReturned = (task: Task): boolean => task.review !== null;

/** Puts a task on the screen, with the words that this device or the server kept of it. */
export const openTask =
  (task: Task, kept?: Reopened): Action =>
  (state) => {
    const { text, version } = task.working_copy;
    const savedDecisions = decisionsOf(task.concepts);
    const opened: EditorState = {
      ...state,
      current: task,
      ahead: state.ahead.filter((each) => each.id !== task.id),
      text,
      version,
      savedText: text,
      save: "saved",
      lost: null,
      problem: "",
      other: null,
      moreOthers: [],
      decisions: kept?.decisions ?? savedDecisions,
      savedDecisions,
      time: { ...NO_TIME, milliseconds: kept?.milliseconds ?? 0 },
      pasted: 0,
      base: "starting_text",
      hunk: null,
    };
    if (kept === undefined) return opened;
    const mine: EditorState = { ...opened, text: kept.text, version: kept.version };
    const [other, ...moreOthers] = kept.others.map((each) => ({ text: each, version }));
    if (other !== undefined) return { ...mine, save: "conflict", other, moreOthers };
    return { ...mine, save: isOnServer(mine) ? "saved" : "typing" };
  };

/** Sets the task on the screen aside, first in the line, as it stands. */
export const setAside: Action = (state) => {
  if (state.current === null) return state;
  const { savedText: text, version, savedDecisions } = state;
  const concepts = givenOf(savedDecisions);
  const aside: Task = { ...state.current, working_copy: { text, version }, concepts };
  return { ...clearTask(state), ahead: [aside, ...state.ahead] };
};

/** The server stored a submission: now it can be taken back by its caption. */
export const noteSent =
  (submissionId: string, caption: number): Action =>
  (state) =>
    state.lastSubmission?.submissionId === submissionId
      ? { ...state, lastSubmission: { ...state.lastSubmission, caption } }
      : state;

/** Nothing on the screen any more. */
export const clearTask: Action = (state) => ({
  ...state,
  current: null,
  lost: null,
  text: "",
  savedText: "",
  save: "saved",
  problem: "",
  other: null,
  moreOthers: [],
  decisions: {},
  savedDecisions: {},
  time: NO_TIME,
  hunk: null,
});

export const typeText =
  (text: string): Action =>
  (state) => {
    if (text === state.text) return state;
    const save = state.save === "conflict" || state.save === "refused" ? state.save : "typing";
    return { ...state, text, save, hunk: null };
  };

export const startSaving: Action = (state) => ({ ...state, save: "saving" });

/** The server has `text` as `version`, and `decisions`; meanwhile more may have been typed. */
export const finishSaving =
  (text: string, version: number, decisions: Decisions): Action =>
  (state) => {
    const saved: EditorState = { ...state, version, savedText: text, savedDecisions: decisions, problem: "" };
    return { ...saved, save: isOnServer(saved) ? "saved" : "typing" };
  };

export const failSaving =
  (save: "offline" | "signed-out" | "refused", problem = ""): Action =>
  (state) => ({ ...state, save, problem });

/** The server has `text` as `version`, and `decisions`, and said that the person is paused. */
export const finishPaused =
  (text: string, version: number, decisions: Decisions, problem: string): Action =>
  (state) => {
    const saved: EditorState = { ...state, version, savedText: text, savedDecisions: decisions, problem };
    return { ...saved, save: isOnServer(saved) ? "paused" : "typing" };
  };

export const meetOtherText =
  (other: OtherText): Action =>
  (state) => {
    if (other.text === state.text)
      return finishSaving(other.text, other.version, state.savedDecisions)(state);
    return { ...state, save: "conflict", savedText: other.text, other };
  };

/** Of two texts, the one on this screen. */
export const keepMine: Action = (state) => choose(state.text)(state);

export const takeOther: Action = (state) => (state.other === null ? state : choose(state.other.text)(state));

/** The text that goes on instead of the two, perhaps made of both: over the other as the next version. */
export const choose =
  (text: string): Action =>
  (state) => {
    if (state.other === null) return state;
    const { version } = state.other;
    const [other = null, ...moreOthers] = state.moreOthers.filter((each) => each.text !== text);
    const settled = text === state.savedText ? "saved" : "typing";
    const save = other === null ? settled : "conflict";
    return { ...state, text, version, other, moreOthers, save, hunk: null };
  };

/** Takes a source over as the whole text. */
export const takeSource =
  (base: Base): Action =>
  (state) =>
    state.current === null || !basesOf(state.current).includes(base)
      ? state
      : typeText(baseText(state.current, base))(state);

/** Takes one of several alt-texts over as the whole text. */
export const takeText =
  (text: string): Action =>
  (state) =>
    state.current === null ? state : typeText(text)(state);

/** The text that the task came with, as the whole text. */
export const takeStart: Action = (state) =>
  state.current === null ? state : typeText(state.current.starting_text)(state);

export const compareWith =
  (base: Base): Action =>
  (state) => ({ ...state, base, hunk: null });

export const compareWithNext: Action = (state) => {
  if (state.current === null) return state;
  const bases = basesOf(state.current);
  const next = bases[(bases.indexOf(state.base) + 1) % bases.length] ?? "starting_text";
  return compareWith(next)(state);
};

/** Chooses the next hunk of the difference (or, with -1, the one before), round and round. */
export const stepHunk =
  (step: 1 | -1, language: string): Action =>
  (state) => {
    const count = hunksOf(state, language).length;
    if (count === 0) return { ...state, hunk: null };
    const from = state.hunk ?? (step === 1 ? -1 : 0);
    return { ...state, hunk: (from + step + count) % count };
  };

/** Puts the chosen hunk back to the base's words and goes on to the hunk that is then in its place. */
export const takeChosenHunk =
  (language: string): Action =>
  (state) => {
    const hunk = state.hunk === null ? undefined : hunksOf(state, language)[state.hunk];
    if (state.current === null || hunk === undefined) return state;
    const typed = typeText(takeHunk(baseText(state.current, state.base), state.text, hunk))(state);
    const left = hunksOf(typed, language).length;
    return { ...typed, hunk: left === 0 ? null : Math.min(state.hunk ?? 0, left - 1) };
  };

export const decide =
  (phrase: string, decision: Decision | null): Action =>
  (state) => {
    const { [phrase]: _old, ...others } = state.decisions;
    const save = state.save === "saved" ? "typing" : state.save;
    return { ...state, save, decisions: decision === null ? others : { ...others, [phrase]: decision } };
  };

export const noteActivity =
  (now: number): Action =>
  (state) => ({ ...state, time: seenActive(state.time, now) });

export const notePaste =
  (characters: number): Action =>
  (state) => ({ ...state, pasted: state.pasted + characters });

export const toggleProvenance: Action = (state) => ({ ...state, showsProvenance: !state.showsProvenance });

export const openPanel =
  (panel: Panel | null): Action =>
  (state) => ({ ...state, panel });

export const supplyIs =
  (supply: EditorState["supply"], refusal = ""): Action =>
  (state) => ({ ...state, supply, refusal });

/** There is nothing more for the person: what was fetched ahead goes, and with it a task that nobody has touched. */
export const endSupply =
  (supply: "round-closed" | "refused", refusal: string): Action =>
  (state) => {
    const ended: EditorState = { ...state, supply, refusal, ahead: [] };
    return isUntouched(state) ? clearTask(ended) : ended;
  };

/** The task on the screen is not the person's any more. */
export const loseTask =
  (task: number, why: NonNullable<EditorState["lost"]>): Action =>
  (state) =>
    state.current?.id === task ? { ...state, lost: why } : state;

export const rememberSubmission =
  (lastSubmission: EditorState["lastSubmission"]): Action =>
  (state) => ({ ...state, lastSubmission });

function hunksOf(state: EditorState, language: string) {
  if (state.current === null) return [];
  return differenceOf(baseText(state.current, state.base), state.text, language).hunks;
}
