/**
 * The durable queue of submissions. Each is sent until the server has it, in order, by one tab at a time; the server
 * takes the same submission id once, so a lost answer does no harm.
 */
import { Problem } from "../api/problem";
import { createStore, type Store } from "../ui/store";

import { createBackoff } from "./backoff";
import type { Device, Submission } from "./device";

/** How long after the first attempt that did not get through; the browser also says when the network is back. */
export const RETRY_MS = 2_000;

export interface OutboxState {
  readonly waiting: readonly Submission[];
  /** The server said no: the words are kept here until the person has dealt with them. */
  readonly refused: readonly Submission[];
  /** Why the last attempt did not get through. */
  readonly trouble: "unreachable" | "signed-out" | null;
}

export interface Outbox {
  readonly state: Store<OutboxState>;
  /** Takes a submission over; once this resolves, closing the browser loses nothing. */
  readonly add: (submission: Submission) => Promise<void>;
  /** Takes back what was not sent yet, if it still can be. */
  readonly takeBack: (submissionId: string) => Promise<Submission | null>;
  readonly drop: (submissionId: string) => Promise<void>;
  /** Reads what this device holds. */
  readonly load: () => Promise<void>;
  /** Sends what waits. Called at the start, when the network is back, and after signing in. */
  readonly flush: () => Promise<void>;
  /** Sends nothing more by itself: the page goes. */
  readonly rest: () => void;
}

interface Needs {
  readonly user: number;
  readonly device: Device;
  /** Resolves to the stored caption's id; throws Problem or Unreachable. */
  readonly send: (submission: Submission) => Promise<number>;
  /** Runs one task at a time among all tabs of this browser. */
  readonly exclusively: (task: () => Promise<void>) => Promise<void>;
  /** The server would not have it: why is with the submission. */
  readonly onRefused: () => void;
  readonly onSent: (submission: Submission, caption: number) => void;
}

/** Among all tabs of this browser, one sends. Without locks (a page over plain HTTP) the submission ids alone see to it. */
export async function withWebLock(task: () => Promise<void>): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) await task();
  else await locks.request("altogether-outbox", async () => task());
}

export function createOutbox({ user, device, send, exclusively, onSent, onRefused }: Needs): Outbox {
  const state = createStore<OutboxState>({ waiting: [], refused: [], trouble: null });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const backoff = createBackoff(RETRY_MS, 5_000, 15_000, 30_000);
  let resting = false;

  const reload = async (): Promise<Submission[]> => {
    const all = await device.submissions(user);
    const waiting = all.filter((submission) => submission.refusal === null);
    const refused = all.filter((submission) => submission.refusal !== null);
    state.change((old) => ({ ...old, waiting, refused }));
    return waiting;
  };

  const trouble = (kind: OutboxState["trouble"]): void => state.change((old) => ({ ...old, trouble: kind }));

  const sendAgainLater = (): void => {
    if (resting) return;
    clearTimeout(timer);
    timer = setTimeout(() => void sendAll(), backoff.next());
  };

  /** True when it is dealt with and the next one may go. */
  const sendOne = async (submission: Submission): Promise<boolean> => {
    let caption: number;
    try {
      caption = await send(submission);
    } catch (error) {
      if (!(error instanceof Problem)) {
        trouble("unreachable");
        sendAgainLater();
      } else if (error.signedOut) trouble("signed-out");
      else {
        await device.putSubmission({ ...submission, refusal: error.detail });
        onRefused();
        return true;
      }
      return false;
    }
    backoff.reset();
    await device.dropSubmission(submission.submissionId);
    await reload();
    trouble(null);
    onSent(submission, caption);
    return true;
  };

  const sendAll = (): Promise<void> =>
    exclusively(async () => {
      for (let next = (await reload())[0]; next !== undefined; next = (await reload())[0]) {
        if (!(await sendOne(next))) return;
      }
    });

  return {
    state,
    rest: () => {
      resting = true;
      clearTimeout(timer);
    },
    add: async (submission) => {
      await device.putSubmission(submission);
      await reload();
      void sendAll();
    },
    takeBack: async (submissionId) => {
      let taken: Submission | null = null;
      await exclusively(async () => {
        taken = (await device.submissions(user)).find((each) => each.submissionId === submissionId) ?? null;
        if (taken !== null) await device.dropSubmission(submissionId);
        await reload();
      });
      return taken;
    },
    drop: async (submissionId) => {
      await device.dropSubmission(submissionId);
      await reload();
    },
    load: async () => {
      await reload();
    },
    flush: () => {
      backoff.reset();
      return sendAll();
    },
  };
}
