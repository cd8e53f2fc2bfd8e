/** What a reviewer does at a desk, by key or button: verdicts on a caption, and the choice among several of one image. */
import type { Choice, Undecided } from "../api/adjudication";
import type { Given, Verdict, WaitingCaption } from "../api/review";
import { leaveText } from "../editor/commands";
import type { Command } from "../keys/command";
import { type Anchor, selectedAnchor } from "../ui/anchor";

import { answersToGive, type Corrections, isCorrected } from "./answers";
import type { Panel } from "./panel";

/** What every desk has that its commands act on. */
interface AtDesk {
  readonly panel: Panel | null;
  readonly onPanel: (panel: Panel | null) => void;
}

/** A form beside the picture is open: meanwhile the keys of the verdicts rest. */
const isWriting = ({ panel }: AtDesk): boolean => panel === "fix" || panel === "return" || panel === "merge";
const AT_THE_DESK = {
  section: "review",
  place: "outside text",
  enabled: (at: AtDesk) => !isWriting(at),
} as const;

/** The key that leaves a text closes the form that it is in. */
const leaveForm: Command<AtDesk> = {
  ...leaveText,
  enabled: isWriting,
  perform: ({ onPanel }) => onPanel(null),
};

/** A caption that waits for a verdict. */
export interface AtCaption extends AtDesk {
  readonly waiting: WaitingCaption;
  readonly language: string;
  /** What the reviewer changed of the author's answers. */
  readonly corrections: Corrections;
  readonly forgetCorrections: () => void;
  readonly onDecide: (verdict: Verdict, given: Given, forget: () => void) => void;
  /** The words that a return is about. */
  readonly onAnchor: (anchor: Anchor | null) => void;
  /** The last caption that was accepted here. */
  readonly accepted: WaitingCaption | null;
  readonly onAgain: (caption: WaitingCaption) => void;
}

export const accept: Command<AtCaption> = {
  ...AT_THE_DESK,
  id: "accept",
  label: "key.accept",
  button: "review.accept",
  keys: ["a"],
  perform: ({ waiting, language, corrections, forgetCorrections, onDecide }) => {
    const { text } = waiting;
    if (!isCorrected(text, waiting, corrections, language)) onDecide("accepted", {}, forgetCorrections);
    else {
      const concepts = answersToGive(text, waiting, corrections, language);
      onDecide("fixed", { concepts }, forgetCorrections);
    }
  },
};

export const returnIt: Command<AtCaption> = {
  ...AT_THE_DESK,
  id: "returnIt",
  label: "key.returnIt",
  button: "review.return",
  keys: ["r"],
  perform: ({ onAnchor, onPanel }) => {
    onAnchor(selectedAnchor());
    onPanel("return");
  },
};

export const fix: Command<AtCaption> = {
  ...AT_THE_DESK,
  id: "fix",
  label: "key.fix",
  button: "review.fix",
  keys: ["f"],
  perform: ({ onPanel }) => onPanel("fix"),
};

const undoVerdict: Command<AtCaption> = {
  ...AT_THE_DESK,
  id: "undoVerdict",
  label: "key.undoVerdict",
  keys: ["u"],
  perform: ({ accepted, onAgain, onPanel }) => {
    if (accepted === null) onPanel("own-verdicts");
    else onAgain(accepted);
  },
};

/** The reviewer's desk's own, in the order of the help. */
export const VERDICTS: readonly Command<AtCaption>[] = [accept, returnIt, fix, undoVerdict, leaveForm];

/** Several captions of one image. */
export interface AtCandidates extends AtDesk {
  readonly undecided: Undecided | undefined;
  readonly onDecide: (undecided: Undecided, choice: Choice) => void;
}

/** Chooses the caption at that place on the screen. */
export function pick({ undecided, onDecide }: AtCandidates, at: number): void {
  const candidate = undecided?.captions[at];
  if (undecided !== undefined && candidate !== undefined) onDecide(undecided, { chosen: candidate.caption });
}

/** One for each caption with a key, in their order on the screen. */
export const PICKS: readonly Command<AtCandidates>[] = [
  {
    ...AT_THE_DESK,
    id: "pickFirst",
    label: "key.pickFirst",
    keys: ["a"],
    perform: (candidates) => pick(candidates, 0),
  },
  {
    ...AT_THE_DESK,
    id: "pickSecond",
    label: "key.pickSecond",
    keys: ["b"],
    perform: (candidates) => pick(candidates, 1),
  },
  {
    ...AT_THE_DESK,
    id: "pickThird",
    label: "key.pickThird",
    keys: ["c"],
    perform: (candidates) => pick(candidates, 2),
  },
  {
    ...AT_THE_DESK,
    id: "pickFourth",
    label: "key.pickFourth",
    keys: ["d"],
    perform: (candidates) => pick(candidates, 3),
  },
];

export const merge: Command<AtCandidates> = {
  ...AT_THE_DESK,
  id: "merge",
  label: "key.merge",
  button: "adjudication.merge",
  keys: ["m"],
  perform: ({ undecided, onPanel }) => {
    if (undecided !== undefined) onPanel("merge");
  },
};

/** The adjudicator's desk's own, in the order of the help. */
export const CHOICES: readonly Command<AtCandidates>[] = [...PICKS, merge, leaveForm];
