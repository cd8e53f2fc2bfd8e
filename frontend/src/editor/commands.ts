/** What an annotator does at the workbench, by key or button. */
import { previousOwn } from "../api/captions";
import type { Project } from "../api/projects";
import type { Command } from "../keys/command";
import { t } from "../i18n/translate";
import { charactersOver } from "../ui/length";
import { showToast } from "../ui/toasts";
import { messageOf } from "../ui/Trouble";

import * as actions from "./actions";
import type { Bench } from "./bench";
import { focusCaption, focusConcepts, leaveFocus, showWhatIsOver } from "./focus";
import type { Source } from "./sources";
import { undecidedConcepts } from "./submission";

/** What the commands of the task itself act on. */
export interface AtWork {
  readonly bench: Bench;
  readonly round: number;
  readonly project: Pick<Project, "caption_limit" | "asks_for_concepts">;
}

/** What most commands act on. */
interface OnBench {
  readonly bench: Bench;
}

/** Between two texts the person chooses first. */
const isChoosing = ({ bench }: OnBench): boolean => bench.state.get().other !== null;
/** Without a task there is nothing to skip, to change or to submit. */
const hasTask = (on: OnBench): boolean => on.bench.state.get().current !== null && !isChoosing(on);

export const submit: Command<AtWork> = {
  id: "submit",
  label: "key.submit",
  button: "submit.button",
  section: "task",
  keys: ["Mod+Enter"],
  place: "everywhere",
  enabled: hasTask,
  perform: ({ bench, project: { caption_limit: limit, asks_for_concepts: asks } }) => {
    const over = charactersOver(bench.state.get().text, limit);
    if (over > 0) {
      showToast(t("editor.tooLong", { count: over, limit }));
      showWhatIsOver(limit);
    } else if (asks && undecidedConcepts(bench.state.get(), bench.language).length > 0) {
      showToast(t("concepts.asked"));
      focusConcepts();
    } else bench.submit();
  },
};

export const undo: Command<AtWork> = {
  id: "undo",
  label: "key.undo",
  button: "undo.previous",
  section: "task",
  keys: ["Alt+u", "u"],
  place: "everywhere",
  enabled: (at) => !isChoosing(at),
  perform: (at) => {
    reopenLast(at).catch((error: unknown) => showToast(messageOf(error)));
  },
};

/** What was submitted here last; where there is nothing, what the person submitted before. */
async function reopenLast({ bench, round }: AtWork): Promise<void> {
  if (await bench.undo()) return;
  const before = await previousOwn(round, bench.state.get().current?.id);
  if (before === undefined) showToast(t("undo.nothing"));
  else await bench.reopen(before.task, before.id);
}

export const skip: Command<OnBench> = {
  id: "skip",
  label: "key.skip",
  button: "skip.button",
  section: "task",
  keys: ["Alt+s", "s"],
  place: "everywhere",
  enabled: hasTask,
  perform: ({ bench }) => bench.edit(actions.openPanel("skip")),
};

export const flag: Command<OnBench> = {
  id: "flag",
  label: "key.flag",
  button: "flag.button",
  section: "task",
  keys: ["Alt+f", "f"],
  place: "everywhere",
  enabled: hasTask,
  perform: ({ bench }) => bench.edit(actions.openPanel("flag")),
};

const ON_THE_WORDS = { section: "words", place: "everywhere", enabled: hasTask } as const;

/** A source as the whole text. */
export const TAKE: Readonly<Record<Source["kind"], Command<OnBench>>> = {
  alt_text: {
    ...ON_THE_WORDS,
    id: "takeAltText",
    label: "key.takeAltText",
    keys: ["Alt+1"],
    perform: ({ bench }) => bench.edit(actions.takeSource("alt_text")),
  },
  previous_caption: {
    ...ON_THE_WORDS,
    id: "takePrevious",
    label: "key.takePrevious",
    keys: ["Alt+2"],
    perform: ({ bench }) => bench.edit(actions.takeSource("previous_caption")),
  },
  draft: {
    ...ON_THE_WORDS,
    id: "takeDraft",
    label: "key.takeDraft",
    keys: ["Alt+3"],
    perform: ({ bench }) => bench.edit(actions.takeSource("draft")),
  },
};

export const nextHunk: Command<OnBench> = {
  ...ON_THE_WORDS,
  id: "nextHunk",
  label: "key.nextHunk",
  button: "difference.choose",
  keys: ["Alt+ArrowDown", "j"],
  perform: ({ bench }) => bench.edit(actions.stepHunk(1, bench.language)),
};

const previousHunk: Command<OnBench> = {
  ...ON_THE_WORDS,
  id: "previousHunk",
  label: "key.previousHunk",
  keys: ["Alt+ArrowUp", "k"],
  perform: ({ bench }) => bench.edit(actions.stepHunk(-1, bench.language)),
};

export const takeHunk: Command<OnBench> = {
  ...ON_THE_WORDS,
  id: "takeHunk",
  label: "key.takeHunk",
  button: "difference.putBack",
  keys: ["Alt+Enter", "x"],
  perform: ({ bench }) => bench.edit(actions.takeChosenHunk(bench.language)),
};

const nextBase: Command<OnBench> = {
  ...ON_THE_WORDS,
  id: "nextBase",
  label: "key.nextBase",
  keys: ["Alt+b", "b"],
  perform: ({ bench }) => bench.edit(actions.compareWithNext),
};

export const provenance: Command<OnBench> = {
  ...ON_THE_WORDS,
  id: "provenance",
  label: "key.provenance",
  button: "provenance.toggle",
  keys: ["Alt+p", "p"],
  perform: ({ bench }) => bench.edit(actions.toggleProvenance),
};

export const concepts: Command<OnBench> = {
  ...ON_THE_WORDS,
  id: "concepts",
  label: "key.concepts",
  keys: ["Alt+c", "c"],
  perform: focusConcepts,
};

export const leaveText: Command<OnBench> = {
  ...ON_THE_WORDS,
  id: "leaveText",
  label: "key.leaveText",
  keys: ["Escape"],
  perform: leaveFocus,
};

const enterText: Command<OnBench> = {
  ...ON_THE_WORDS,
  id: "enterText",
  label: "key.enterText",
  keys: ["e"],
  place: "outside text",
  perform: focusCaption,
};

export const myWork: Command<OnBench> = {
  id: "myWork",
  label: "key.myWork",
  section: "screen",
  keys: ["m"],
  place: "outside text",
  enabled: (on) => !isChoosing(on),
  perform: ({ bench }) => bench.edit(actions.openPanel("my-work")),
};

/** The workbench's own, in the order of the help. */
export const WORKBENCH_COMMANDS: readonly Command<AtWork>[] = [
  submit,
  undo,
  skip,
  flag,
  TAKE.alt_text,
  TAKE.previous_caption,
  TAKE.draft,
  nextHunk,
  previousHunk,
  takeHunk,
  nextBase,
  provenance,
  concepts,
  leaveText,
  enterText,
  myWork,
];
