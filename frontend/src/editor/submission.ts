/** A finished text as it goes into the outbox. */
import type { Task } from "../api/tasks";

import { activeSeconds } from "./active_time";
import { type Concept, conceptLedger, decisionsOf, phrasesOfTask } from "./concepts";
import type { Submission } from "./device";
import type { Reopened } from "./kept_texts";
import type { EditorState } from "./state";

/** The server takes no more of one caption; an alt-text as long as a book has more. */
const MOST_CONCEPTS = 1000;

interface Circumstances {
  readonly user: number;
  readonly round: number;
  readonly language: string;
  readonly now: number;
}

/** What is submitted of the workbench as it stands; null where there is nothing that can be. */
export function submissionOf(
  state: EditorState,
  { user, round, language, now }: Circumstances,
): Submission | null {
  const { current, text, save, time, pasted } = state;
  if (current === null || text.trim() === "" || save === "conflict") return null;
  const ledger = ledgerOf(state, language);
  return {
    submissionId: newId(),
    user,
    round,
    task: current.id,
    image: current.image.thumbnail_url,
    text,
    seconds: activeSeconds(time, now),
    pastedShare: Math.min(1, pasted / text.length),
    concepts: ledger
      .slice(0, MOST_CONCEPTS)
      .map(({ phrase, outcome, reason }) => ({ phrase, outcome, reason })),
    madeAt: now,
    refusal: null,
  };
}

/** What the caption dropped and nobody has said why. */
export const undecidedConcepts = (state: EditorState, language: string): Concept[] =>
  ledgerOf(state, language).filter(({ undecided }) => undecided);

function ledgerOf({ current, text, decisions }: EditorState, language: string): Concept[] {
  const phrases = phrasesOfTask(current ?? null, language);
  return conceptLedger(phrases, text, decisions, language, decisionsOf(current?.concepts_before ?? []));
}

/** A submission that was taken back, as a text still being written. */
export function backToText({ text, seconds, concepts }: Submission, task: Task): Reopened {
  const { version } = task.working_copy;
  return { text, version, decisions: decisionsOf(concepts), milliseconds: seconds * 1000, others: [] };
}

/** A random (version 4) UUID. crypto.randomUUID is missing where the page came over plain HTTP. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
