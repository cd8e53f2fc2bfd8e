/** The workbench at work: what its commands do to the state, the device and the server. The screen only draws it. */
import { Problem } from "../api/problem";
import type { Task } from "../api/tasks";
import { createStore, type Store } from "../ui/store";

import * as actions from "./actions";
import { type Autosave, createAutosave } from "./autosave";
import type { Decision } from "./concepts";
import type { Device, KeptText } from "./device";
import { reopened, type Reopened } from "./kept_texts";
import { createOutbox, type Outbox } from "./outbox";
import { SERVER, type Server } from "./server";
import { EMPTY, type EditorState } from "./state";
import { backToText, newId, submissionOf } from "./submission";

/** One task is on the screen and two wait behind it. */
const HELD = 3;
const LOOK_AGAIN_MS = 15_000;

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
  readonly skip: (reason: string) => Promise<void>;
  readonly flag: (reason: string) => Promise<void>;
  readonly refill: () => Promise<void>;
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

  const autosave: Autosave = createAutosave({ user, page, store: state, device, save: server.save });
  const outbox = createOutbox({
    user,
    device,
    send: server.submit,
    exclusively,
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
    const text = reopened(task.working_copy, texts);
    if (text !== undefined) kept.set(task.id, text);
    adopted.set(
      task.id,
      texts.filter((each) => each.page !== page),
    );
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
      if (state.get().supply === "none") delay = LOOK_AGAIN_MS;
    } catch (error) {
      if (!(error instanceof Problem)) {
        state.change(actions.supplyIs("unreachable"));
        delay = LOOK_AGAIN_MS;
      } else if (error.signedOut) state.change(actions.failSaving("signed-out", error.detail));
      else state.change(actions.supplyIs("round-closed"));
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
      state.change(
        actions.rememberSubmission({ submissionId: submission.submissionId, task: current, caption: null }),
      );
      return true;
    },
    undo: async () => {
      const last = state.get().lastSubmission;
      if (last === null) return false;
      const unsent = await outbox.takeBack(last.submissionId);
      const caption = state.get().lastSubmission?.caption ?? null;
      let task = last.task;
      if (unsent !== null) kept.set(task.id, backToText(unsent, task));
      else if (caption !== null) task = await server.undo(task.id, caption);
      else return false;
      await autosave.saveNow();
      state.change(actions.setAside);
      done.delete(task.id);
      state.change(actions.rememberSubmission(null));
      state.change(actions.openTask(task, kept.get(task.id)));
      kept.delete(task.id);
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
