/** Keeps what is typed: on this device at once, on the server at the next pause. */
import { Problem } from "../api/problem";
import type { Store } from "../ui/store";

import { failSaving, finishPaused, finishSaving, meetOtherText, startSaving } from "./actions";
import { createBackoff } from "./backoff";
import type { Decisions } from "./concepts";
import type { Device } from "./device";
import type { Server } from "./server";
import { type EditorState, isOnServer } from "./state";

export const PAUSE_MS = 1_000;
/** Somebody who never pauses is saved every so often all the same. */
const LONGEST_MS = 5_000;

export interface Autosave {
  /** The text or a decision has changed. */
  readonly changed: () => void;
  /** Keeps the text as it stands on this device. */
  readonly keep: () => Promise<void>;
  /** Saves now what is not saved. */
  readonly saveNow: () => Promise<void>;
  /** The network or the session is back: saves now, and soon again should that be too early. */
  readonly resume: () => void;
  /** Forgets the timers: the task leaves the screen. */
  readonly rest: () => void;
}

interface Needs {
  readonly user: number;
  /** Tells this page's texts from other tabs'. */
  readonly page: string;
  readonly store: Store<EditorState>;
  readonly device: Device;
  readonly save: Server["save"];
  /** A save came in without a lease: the task is in other hands, taken down, or its round closed. */
  readonly onLeaseless: () => void;
}

export function createAutosave({ user, page, store, device, save, onLeaseless }: Needs): Autosave {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince: number | null = null;
  let saving = false;
  const backoff = createBackoff(1_000, 2_000, 5_000, 10_000, 30_000);

  const schedule = (delay: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void saveNow(), delay);
  };

  const rest = (): void => {
    clearTimeout(timer);
    waitingSince = null;
  };

  const keepOnDevice = async (): Promise<void> => {
    const { current, text, version, decisions, time } = store.get();
    if (current === null) return;
    const { milliseconds } = time;
    const onServer = isOnServer(store.get());
    const state = { text, version, decisions, milliseconds, onServer, keptAt: Date.now() };
    await device.keepText({ user, task: current.id, page, ...state });
  };

  const failed = (error: unknown, sent: string, decided: Decisions): void => {
    if (!(error instanceof Problem)) {
      store.change(failSaving("offline"));
      schedule(backoff.next());
    } else if (error.is("newer-text-saved")) {
      const { text, version } = error.extra;
      store.change(meetOtherText({ text, version }));
    } else if (error.is("paused") && error.extra.version !== undefined) {
      store.change(finishPaused(sent, error.extra.version, decided, error.detail));
      void keepOnDevice();
    } else {
      store.change(failSaving(error.signedOut ? "signed-out" : "refused", error.detail));
    }
  };

  const saveNow = async (): Promise<void> => {
    const { current, text, version, decisions, save: state } = store.get();
    if (current === null || saving || state === "conflict") return;
    rest();
    if (isOnServer(store.get())) {
      if (state !== "saved" && state !== "paused") store.change(finishSaving(text, version, decisions));
      return;
    }
    saving = true;
    store.change(startSaving);
    const isStillOpen = (): boolean => store.get().current?.id === current.id;
    try {
      const saved = await save(current.id, text, version, decisions);
      backoff.reset();
      if (isStillOpen()) {
        store.change(finishSaving(text, saved.version, decisions));
        await keepOnDevice();
        if (saved.lease_expires_at === null) onLeaseless();
      }
    } catch (error) {
      if (isStillOpen()) failed(error, text, decisions);
    } finally {
      saving = false;
    }
    if (store.get().save === "typing") schedule(PAUSE_MS);
  };

  return {
    changed: () => {
      void keepOnDevice();
      const now = Date.now();
      waitingSince ??= now;
      schedule(Math.min(PAUSE_MS, Math.max(0, waitingSince + LONGEST_MS - now)));
    },
    keep: keepOnDevice,
    saveNow,
    resume: () => {
      backoff.reset();
      void saveNow();
    },
    rest,
  };
}
