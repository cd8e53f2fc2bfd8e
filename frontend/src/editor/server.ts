/** What the workbench asks of the server: the one place where the editor meets the API. */
import {
  claimTasks,
  fetchTask,
  flagTask,
  releaseTask,
  saveWorkingCopy,
  skipTask,
  submitCaption,
  type Task,
  undoSubmission,
} from "../api/tasks";

import { type Decisions, givenOf } from "./concepts";
import type { Submission } from "./device";

export interface Server {
  readonly claim: (round: number, count: number) => Promise<Task[]>;
  readonly save: (
    task: number,
    text: string,
    version: number,
    decisions: Decisions,
  ) => Promise<{ version: number; lease_expires_at: string | null }>;
  /** The task as it stands now, also when it is not held any more. */
  readonly look: (task: number) => Promise<Task>;
  readonly submit: (submission: Submission) => Promise<number>;
  readonly undo: (task: number, caption: number) => Promise<Task>;
  readonly skip: (task: number, reason: string) => Promise<void>;
  /** Gives a task back that was fetched ahead. */
  readonly release: (task: number) => Promise<void>;
  readonly flag: (task: number, reason: string) => Promise<void>;
}

export const SERVER: Server = {
  claim: claimTasks,
  save: (task, text, version, decisions) =>
    saveWorkingCopy(task, {
      text,
      version,
      concepts: givenOf(decisions),
    }),
  look: fetchTask,
  submit: ({ task, submissionId, text, seconds, pastedShare, concepts }) =>
    submitCaption(task, {
      submission_id: submissionId,
      text,
      seconds,
      pasted_share: pastedShare,
      concepts: [...concepts],
    }),
  undo: undoSubmission,
  skip: skipTask,
  flag: flagTask,
  release: releaseTask,
};
