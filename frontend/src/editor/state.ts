/** The workbench as one plain value. What happens to it is in actions.ts, what it looks like in Workbench.tsx. */
import type { StartingText, Task } from "../api/tasks";

import { type ActiveTime, NO_TIME } from "./active_time";
import { type Decisions, decisionsOf, isSameDecisions } from "./concepts";

/** What the text is compared with: the starting text or one of the sources. */
export type Base = "starting_text" | StartingText;

export type SaveState =
  /** The server has it. */
  | "saved"
  /** Typed, and on this device; the server gets it at the next pause. */
  | "typing"
  | "saving"
  /** The server cannot be reached; kept on this device. */
  | "offline"
  /** The session ran out; kept on this device. */
  | "signed-out"
  /** The server has a newer text: the person chooses. */
  | "conflict"
  /** The server has it, and takes no more work from the person: `problem` says who paused them. */
  | "paused"
  /** The server will not have it (the round is closed, say); kept on this device. */
  | "refused";

/** A text that somebody (perhaps the same person, in another tab) wrote meanwhile. */
export interface OtherText {
  readonly text: string;
  /** The version that the choice goes over. */
  readonly version: number;
}

export type Panel = "help" | "guidelines" | "skip" | "flag" | "my-work" | "kept";

export interface LastSubmission {
  readonly submissionId: string;
  readonly task: Task;
  /** The stored caption's id, once the server has it. */
  readonly caption: number | null;
  /** How long it was worked on. */
  readonly milliseconds: number;
}

export interface EditorState {
  /** The task on the screen, and those fetched ahead. */
  readonly current: Task | null;
  readonly ahead: readonly Task[];
  /** What is known of further tasks: still asking, none left, or why asking failed (`refusal`: in the server's words). */
  readonly supply: "asking" | "some" | "none" | "round-closed" | "refused" | "unreachable";
  /** Why the task on the screen is not the person's any more; null while it is. */
  readonly lost: "taken-down" | "handed-in" | "not-yours" | null;
  readonly refusal: string;
  readonly text: string;
  /** The server's version that the text was typed over, and what the server has. */
  readonly version: number;
  readonly savedText: string;
  readonly save: SaveState;
  readonly problem: string;
  readonly other: OtherText | null;
  /** Further texts to choose about, one after the other. */
  readonly moreOthers: readonly OtherText[];
  /** What is decided on the alt-text's phrases, and what the server has of that. */
  readonly decisions: Decisions;
  readonly savedDecisions: Decisions;
  readonly time: ActiveTime;
  /** How many characters were pasted, in all. */
  readonly pasted: number;
  readonly base: Base;
  /** The chosen hunk of the difference. */
  readonly hunk: number | null;
  readonly showsProvenance: boolean;
  readonly panel: Panel | null;
  /** The last submission, while it can be taken back. */
  readonly lastSubmission: LastSubmission | null;
}

export const EMPTY: EditorState = {
  current: null,
  ahead: [],
  supply: "asking",
  lost: null,
  refusal: "",
  text: "",
  version: 0,
  savedText: "",
  save: "saved",
  problem: "",
  other: null,
  moreOthers: [],
  decisions: {},
  savedDecisions: {},
  time: NO_TIME,
  pasted: 0,
  base: "starting_text",
  hunk: null,
  showsProvenance: false,
  panel: null,
  lastSubmission: null,
};

/** Whether the task on the screen stands as it came: nobody has typed or decided anything. */
export function isUntouched({ current, text, decisions }: EditorState): boolean {
  return (
    current !== null &&
    text === current.starting_text &&
    isSameDecisions(decisions, decisionsOf(current.concepts))
  );
}

/** Whether the server has everything that was typed and decided. */
export function isOnServer({ text, savedText, decisions, savedDecisions }: EditorState): boolean {
  return text === savedText && isSameDecisions(decisions, savedDecisions);
}
