/** The workbench as one plain value. What happens to it is in actions.ts, what it looks like in Workbench.tsx. */
import type { StartingText, Task } from "../api/tasks";

import { type ActiveTime, NO_TIME } from "./active_time";
import type { Decision } from "./concepts";

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
}

export interface EditorState {
  /** The task on the screen, and those fetched ahead. */
  readonly current: Task | null;
  readonly ahead: readonly Task[];
  /** What is known of further tasks: still asking, none left, or why asking failed. */
  readonly supply: "asking" | "some" | "none" | "round-closed" | "unreachable";
  readonly text: string;
  /** The server's version that the text was typed over, and what the server has. */
  readonly version: number;
  readonly savedText: string;
  readonly save: SaveState;
  readonly problem: string;
  readonly other: OtherText | null;
  /** Further texts to choose about, one after the other. */
  readonly moreOthers: readonly OtherText[];
  readonly decisions: Readonly<Record<string, Decision>>;
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
  text: "",
  version: 0,
  savedText: "",
  save: "saved",
  problem: "",
  other: null,
  moreOthers: [],
  decisions: {},
  time: NO_TIME,
  pasted: 0,
  base: "starting_text",
  hunk: null,
  showsProvenance: false,
  panel: null,
  lastSubmission: null,
};
