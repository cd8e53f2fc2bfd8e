/** The workbench at work: what its commands do to the state, the device and the server. The screen only draws it. */
import { Problem } from "../api/problem";
import type { Task } from "../api/tasks";
import { createStore, type Store } from "../ui/store";

import * as actions from "./actions";
import { type Autosave, createAutosave } from "./autosave";
import { type Decision, decisionsOf } from "./concepts";
import type { Device, KeptText } from "./device";
import { reopened, type Reopened } from "./kept_texts";
import { createOutbox, type Outbox } from "./outbox";
import { SERVER, type Server } from "./server";
import { EMPTY, type EditorState } from "./state";
import { backToText, newId, submissionOf } from "./submission";

/** One task is on the screen and two wait behind it. */
const HELD = 3;
const LOOK_AGAIN_MS = 15_000;
/** While there is work: whether the round is still open, and the task on the screen still the person's. */
const LOOK_WHETHER_MS = 60_000;

export interface Bench {
  readonly state: Store<EditorState>;
  readonly outbox: Outbox;
  readonly language: string;
  /** Whether this browser keeps texts when the page is closed. */
  readonly lasts: boolean;
  readonly start: () => Promise<void>;
  /** The person leaves the workbench. */
  readonly stop: () => void;
  readonly type: (text: string) => void;
  /** Applies an action that may change the text. */
  readonly edit: (action: (state: EditorState) => EditorState) => void;
  readonly decide: (phrase: string, decision: Decision | null) => void;
  readonly submit: () => boolean;
  /** Takes the last submission back to go on with it. False when there is none. */
  readonly undo: () => Promise<boolean>;
  /** Goes on with an own caption that nobody has reviewed, the last one or an earlier one. What stands there comes after it. */
  readonly reopen: (task: number, caption: number) => Promise<void>;
  /** Goes on with a text that the server refused. False where the task is not the person's any more: the words stay kept. */
  readonly takeUp: (submissionId: string) => Promise<boolean>;
  readonly skip: (reason: string) => Promise<void>;
  readonly flag: (reason: string) => Promise<void>;
  readonly refill: () => Promise<void>;
  /** Leaves a task that is not the person's any more. Its words stay kept. */
  readonly next: () => Promise<void>;
  /** The network or the session is back: everything that waits is sent. */
  readonly resume: () => void;
  /** The page may be gone in a moment. */
  readonly hide: () => void;
}

interface Needs {
  readonly user: number;
  readonly round: number;
  readonly language: string;
  readonly device: Device;
  readonly server?: Server;
  readonly exclusively: (task: () => Promise<void>) => Promise<void>;
  /** A task is on its way to the screen: its image may be fetched. */
  readonly onComing: (task: Task) => void;
  readonly now?: () => number;
}

export function createBench(needs: Needs): Bench {
  const { user, round, language, device, server = SERVER, exclusively, onComing, now = Date.now } = needs;
  const state = createStore<EditorState>(EMPTY);
  const page = newId();
  const kept = new Map<number, Reopened>();
  /** What other pages kept: this one's to forget once it has the words, and the person has chosen. */
  const adopted = new Map<number, readonly KeptText[]>();
  /** Tasks that are done as far as this screen is concerned. */
  const done = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: Promise<void> | null = null;
  let stopped = false;
  let lastMadeAt = 0;

  const autosave: Autosave = createAutosave({
    user,
    page,
    store: state,
    device,
    save: server.save,
    onLeaseless: () => void refill(),
  });
  const outbox = createOutbox({
    user,
    device,
    send: server.submit,
    exclusively,
    // The round may be closed, or the person paused: then nothing more is handed out.
    onRefused: () => void refill(),
    onSent: ({ task, submissionId }, caption) => {
      state.change(actions.noteSent(submissionId, caption));
      // An answer under way may still list the task as held; the next one does not, unless a reviewer returned it.
      void (asking ?? Promise.resolve()).then(() => {
        done.delete(task);
        return refill();
      });
    },
  });

  const openNext = (): void => {
    const next = state.get().ahead[0];
    autosave.rest();
    if (next === undefined) {
      state.change(actions.clearTask);
      return;
    }
    state.change(actions.openTask(next, kept.get(next.id)));
    kept.delete(next.id);
    state.change(actions.noteActivity(now()));
    adopt();
  };

  /** Another page's words are in this one's hands: they are kept as its own before the other's are forgotten. */
  const adopt = (): void => {
    const { current, other, save } = state.get();
    if (current === null || other !== null) return;
    if (save === "typing") autosave.changed();
    const theirs = adopted.get(current.id) ?? [];
    adopted.delete(current.id);
    if (theirs.length > 0) void autosave.keep().then(() => Promise.all(theirs.map(device.forgetText)));
  };

  const findKept = async (task: Task): Promise<void> => {
    if (state.get().current?.id === task.id) return;
    const texts = await device.keptTexts(user, task.id);
    const text = reopened(task, texts);
    if (text !== undefined) kept.set(task.id, text);
    adopted.set(
      task.id,
      texts.filter((each) => each.page !== page),
    );
  };

  /** What is held is listed first: a task on the screen that is not among it is the person's no more. */
  const lookAfterCurrent = async (held: readonly Task[]): Promise<void> => {
    const { current, lost } = state.get();
    if (current === null || lost !== null || held.some(({ id }) => id === current.id)) return;
    const { state: found } = await server.look(current.id);
    if (found === "claimed" || found === "returned") return;
    const isDone = found === "submitted" || found === "accepted";
    const why = found === "cancelled" ? "taken-down" : isDone ? "handed-in" : "not-yours";
    state.change(actions.loseTask(current.id, why));
  };

  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    const waiting = outbox.state.get().waiting.length;
    let delay: number | null = null;
    try {
      const tasks = await server.claim(round, Math.min(HELD + waiting, 20));
      for (const task of tasks) {
        if (done.has(task.id)) continue;
        await findKept(task);
        onComing(task);
      }
      state.change(actions.receiveTasks(tasks, done));
      await lookAfterCurrent(tasks);
      delay = state.get().supply === "none" ? LOOK_AGAIN_MS : LOOK_WHETHER_MS;
    } catch (error) {
      if (!(error instanceof Problem)) {
        state.change(actions.supplyIs("unreachable"));
        delay = LOOK_AGAIN_MS;
      } else if (error.signedOut) state.change(actions.failSaving("signed-out", error.detail));
      else {
        const supply = error.is("round-closed") ? "round-closed" : "refused";
        state.change(actions.endSupply(supply, error.detail));
      }
    }
    if (stopped) return;
    if (delay !== null) timer = setTimeout(() => void refill(), delay);
    if (state.get().current === null && state.get().ahead.length > 0) openNext();
  };

  const refill = (): Promise<void> => (asking ??= ask().finally(() => (asking = null)));

  const edit: Bench["edit"] = (action) => {
    const before = state.get();
    state.change(action);
    const after = state.get();
    if (before.text !== after.text || before.decisions !== after.decisions || before.other !== after.other) {
      autosave.changed();
    }
    if (before.other !== null) adopt();
  };

  /** Puts a task on the screen that was handed in; what stands there comes after it. */
  const goBack = async (task: Task, words: Reopened): Promise<void> => {
    await autosave.saveNow();
    state.change(actions.setAside);
    autosave.rest();
    done.delete(task.id);
    state.change(actions.openTask(task, words));
    state.change(actions.noteActivity(now()));
    adopt();
  };

  const leave = (task: Task): void => {
    done.add(task.id);
    kept.delete(task.id);
    openNext();
  };

  return {
    state,
    outbox,
    language,
    lasts: device.lasts,
    edit,
    refill,
    next: async () => {
      const { current } = state.get();
      if (current !== null) leave(current);
      await refill();
    },
    start: async () => {
      await outbox.load();
      const { waiting, refused } = outbox.state.get();
      for (const submission of [...waiting, ...refused]) done.add(submission.task);
      void outbox.flush();
      await refill();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      outbox.rest();
      void autosave.saveNow();
      // Others need not wait for the lease of what was only fetched ahead. If this fails, the lease ends by itself.
      for (const task of state.get().ahead.filter((each) => !kept.has(each.id))) {
        server.release(task.id).catch(() => undefined);
      }
    },
    type: (text) => edit(actions.typeText(text)),
    decide: (phrase, decision) => edit(actions.decide(phrase, decision)),
    submit: () => {
      const { current } = state.get();
      // Two in one millisecond are still sent in their order.
      lastMadeAt = Math.max(now(), lastMadeAt + 1);
      const submission = submissionOf(state.get(), { user, round, language, now: lastMadeAt });
      if (current === null || submission === null) return false;
      void outbox.add(submission);
      leave(current);
      const { submissionId, seconds } = submission;
      const milliseconds = seconds * 1000;
      state.change(actions.rememberSubmission({ submissionId, task: current, caption: null, milliseconds }));
      return true;
    },
    undo: async () => {
      const last = state.get().lastSubmission;
      if (last === null) return false;
      const unsent = await outbox.takeBack(last.submissionId);
      const caption = state.get().lastSubmission?.caption ?? null;
      let task = last.task;
      if (unsent !== null) await goBack(task, backToText(unsent, task));
      else if (caption !== null) {
        task = await server.undo(task.id, caption);
        const decisions = decisionsOf(task.concepts);
        await goBack(task, { ...task.working_copy, decisions, milliseconds: last.milliseconds, others: [] });
      } else return false;
      state.change(actions.rememberSubmission(null));
      return true;
    },
    reopen: async (id, caption) => {
      const task = await server.undo(id, caption);
      const decisions = decisionsOf(task.concepts);
      await goBack(task, { ...task.working_copy, decisions, milliseconds: 0, others: [] });
      if (state.get().lastSubmission?.task.id === id) state.change(actions.rememberSubmission(null));
    },
    takeUp: async (submissionId) => {
      const refused = outbox.state.get().refused.find((each) => each.submissionId === submissionId);
      if (refused === undefined) return false;
      const task = (await server.claim(round, HELD)).find(({ id }) => id === refused.task);
      if (task === undefined) return false;
      await goBack(task, backToText(refused, task));
      await autosave.keep();
      await outbox.drop(submissionId);
      return true;
    },
    skip: async (reason) => {
      const { current } = state.get();
      if (current === null) return;
      await server.skip(current.id, reason);
      await device.forgetTexts(user, current.id);
      leave(current);
      await refill();
    },
    flag: async (reason) => {
      const { current } = state.get();
      if (current === null) return;
      await server.flag(current.id, reason);
      state.change((old) =>
        old.current?.id === current.id
          ? { ...old, current: { ...old.current, flagged: true, flag_note: reason } }
          : old,
      );
    },
    hide: () => void autosave.saveNow(),
    resume: () => {
      autosave.resume();
      void outbox.flush();
      void refill();
    },
  };
}
