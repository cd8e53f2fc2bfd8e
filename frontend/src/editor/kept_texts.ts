/**
 * What a task's text is when it is opened again: the server's working copy, and what every page that had the task open on
 * this device kept of it. Where they go apart, one text goes into the editor and the others wait for a choice; none is lost.
 */
import type { Task } from "../api/tasks";

import { decisionsOf } from "./concepts";
import type { KeptText } from "./device";

export interface Reopened {
  readonly text: string;
  readonly version: number;
  readonly decisions: KeptText["decisions"];
  readonly milliseconds: number;
  /** Texts of the same task that the one above does not continue. */
  readonly others: readonly string[];
}

export function reopened(
  { working_copy: copy, concepts }: Pick<Task, "working_copy" | "concepts">,
  kept: readonly KeptText[],
): Reopened | undefined {
  const newestFirst = kept.toSorted((one, other) => other.keptAt - one.keptAt);
  const unsaved = newestFirst.filter(({ onServer, text }) => !onServer && text !== copy.text);
  const newest = unsaved[0] ?? newestFirst[0];
  if (newest === undefined) return undefined;
  const { milliseconds } = newest;
  // Another device was ahead of what this one has.
  const isBehind = unsaved.length === 0 && newest.version < copy.version;
  const decisions = isBehind ? decisionsOf(concepts) : newest.decisions;
  const mine = unsaved[0] ?? { ...copy };
  // A text that was typed over the server's newest one stands for it; without such a text the server's own is in question.
  const isContinued = unsaved.some(({ version }) => version >= copy.version);
  const texts = new Set(unsaved.map(({ text }) => text));
  if (!isContinued && unsaved.length > 0) texts.add(copy.text);
  texts.delete(mine.text);
  const version = Math.max(mine.version, copy.version);
  return { text: mine.text, version, decisions, milliseconds, others: [...texts] };
}
