/** Tasks: claiming, saving, submitting, passing on. */
import { answerOf, api, type Schemas } from "./client";

export type Task = Schemas["Task"];
export type StartingText = Schemas["StartingText"];
export type SubmissionBody = Schemas["SubmissionRequest"];

/** Tops up what the caller holds to `count`; the tasks already held come first. */
export async function claimTasks(round: number, count: number): Promise<Task[]> {
  const claimed = await answerOf(
    api.POST("/api/v1/rounds/{id}/claim/", { params: { path: { id: String(round) } }, body: { count } }),
  );
  return claimed.tasks;
}

export function fetchTask(task: number): Promise<Task> {
  return answerOf(api.GET("/api/v1/tasks/{id}/", { params: { path: { id: String(task) } } }));
}

export function saveWorkingCopy(task: number, body: Schemas["WorkInProgressRequest"]) {
  return answerOf(
    api.PUT("/api/v1/tasks/{id}/working-copy/", { params: { path: { id: String(task) } }, body }),
  );
}

/** Resolves to the caption's id. */
export async function submitCaption(task: number, body: SubmissionBody): Promise<number> {
  const caption = await answerOf(
    api.POST("/api/v1/tasks/{id}/submit/", { params: { path: { id: String(task) } }, body }),
  );
  return caption.id;
}

/** Takes the caller's last submission back; the task is theirs again. */
export function undoSubmission(task: number, caption: number): Promise<Task> {
  return answerOf(
    api.POST("/api/v1/tasks/{id}/undo/", { params: { path: { id: String(task) } }, body: { caption } }),
  );
}

export async function skipTask(task: number, reason: string): Promise<void> {
  await answerOf(
    api.POST("/api/v1/tasks/{id}/skip/", {
      params: { path: { id: String(task) } },
      body: { reason, note: "" },
    }),
  );
}

export async function flagTask(task: number, reason: string): Promise<void> {
  await answerOf(
    api.POST("/api/v1/tasks/{id}/flag/", {
      params: { path: { id: String(task) } },
      body: { reason, note: "" },
    }),
  );
}

export async function releaseTask(task: number): Promise<void> {
  await answerOf(api.POST("/api/v1/tasks/{id}/release/", { params: { path: { id: String(task) } } }));
}
