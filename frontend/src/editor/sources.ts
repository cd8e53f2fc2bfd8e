/** The texts that a caption can be made from. */
import type { Task } from "../api/tasks";

import type { Base } from "./state";

export interface Source {
  readonly kind: Exclude<Base, "starting_text">;
  /** As a text to start from or to compare with. */
  readonly text: string;
  /** As they came: an image may have several alt-texts. */
  readonly parts: readonly string[];
  /** The model that wrote a draft. */
  readonly run: string | null;
}

/** What came with the task, the alt-text first (several are joined, as the captioner reads them). */
export function sourcesOf(task: Task): Source[] {
  const sources: Source[] = [];
  const push = (kind: Source["kind"], parts: readonly string[], run: string | null = null): void => {
    if (parts.length > 0) sources.push({ kind, text: parts.join("; "), parts, run });
  };
  push(
    "alt_text",
    task.alt_texts.filter((text) => text.trim() !== ""),
  );
  if (task.previous_caption !== null) push("previous_caption", [task.previous_caption]);
  if (task.draft !== null) push("draft", [task.draft.text], task.draft.run);
  return sources;
}

/** The text that the difference is shown against. */
export function baseText(task: Task, base: Base): string {
  if (base === "starting_text") return task.starting_text;
  return sourcesOf(task).find((source) => source.kind === base)?.text ?? task.starting_text;
}

/** The bases worth comparing with, the starting text first. A source that is the starting text is not listed again. */
export function basesOf(task: Task): Base[] {
  const others = sourcesOf(task).filter((source) => source.text !== task.starting_text);
  return ["starting_text", ...others.map((source) => source.kind)];
}
