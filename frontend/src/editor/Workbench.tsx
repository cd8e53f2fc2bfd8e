/** The annotator's screen: the image on the left, its words on the right. */
import "../ui/styles/desk.css";
import "./workbench.css";

import { useState } from "react";

import { previousOwn } from "../api/captions";
import type { Project } from "../api/projects";
import type { CommandId } from "../keys/table";
import type { Handlers } from "../keys/useKeys";
import { t } from "../i18n/translate";
import { SignInDialog } from "../sign_in/SignInDialog";
import { createStageControl } from "../stage/control";
import { Stage } from "../stage/Stage";
import { useDesk } from "../stage/useDesk";
import { useStore } from "../ui/store";
import { showToast } from "../ui/toasts";
import { messageOf } from "../ui/Trouble";

import * as actions from "./actions";
import { ActionBar } from "./ActionBar";
import type { Bench } from "./bench";
import { ConceptChips, focusConcepts } from "./ConceptChips";
import { ConflictDialog } from "./ConflictDialog";
import { DifferencePane } from "./DifferencePane";
import { FirstVisit } from "./FirstVisit";
import { KeptDialog } from "./KeptDialog";
import { charactersOver } from "../ui/length";
import { MyWork } from "./MyWork";
import { NothingToDo } from "./NothingToDo";
import { ReasonDialog } from "./ReasonDialog";
import { ReturnedNote } from "./ReturnedNote";
import { SourceList } from "./SourceList";
import { undecidedConcepts } from "./submission";
import { TaskTrouble } from "./TaskTrouble";
import { focusCaption, showWhatIsOver, TextField } from "./TextField";

interface Props {
  readonly bench: Bench;
  readonly user: number;
  readonly round: number;
  readonly project: Project;
}

export function Workbench({ bench, user, round, project }: Props) {
  const task = useStore(bench.state, (state) => state.current);
  const panel = useStore(bench.state, (state) => state.panel);
  const signedOut = useStore(bench.state, (state) => state.save === "signed-out");
  const unsent = useStore(bench.outbox.state, (state) => state.trouble === "signed-out");
  const isAsked = useStore(bench.state, (state) => state.other !== null);
  const [stage] = useState(createStageControl);
  const { language, edit } = bench;
  const limit = project.caption_limit;

  const show = (name: NonNullable<typeof panel>) => () => edit(actions.openPanel(name));
  const close = (): void => edit(actions.openPanel(null));

  const undo = async (): Promise<void> => {
    try {
      if (await bench.undo()) return;
      const before = await previousOwn(round, bench.state.get().current?.id);
      if (before === undefined) showToast(t("undo.nothing"));
      else await bench.reopen(before.task, before.id);
    } catch (error) {
      showToast(messageOf(error));
    }
  };
  const reopen = async (id: number, of: number): Promise<void> => {
    await bench.reopen(of, id);
    close();
  };

  const submit = (): void => {
    const over = charactersOver(bench.state.get().text, limit);
    if (over > 0) {
      showToast(t("editor.tooLong", { count: over, limit }));
      showWhatIsOver(limit);
    } else if (project.asks_for_concepts && undecidedConcepts(bench.state.get(), language).length > 0) {
      showToast(t("concepts.asked"));
      focusConcepts();
    } else bench.submit();
  };

  const handlers: Handlers = {
    submit,
    undo: () => void undo(),
    skip: show("skip"),
    flag: show("flag"),
    takeAltText: () => edit(actions.takeSource("alt_text")),
    takePrevious: () => edit(actions.takeSource("previous_caption")),
    takeDraft: () => edit(actions.takeSource("draft")),
    nextHunk: () => edit(actions.stepHunk(1, language)),
    previousHunk: () => edit(actions.stepHunk(-1, language)),
    takeHunk: () => edit(actions.takeChosenHunk(language)),
    nextBase: () => edit(actions.compareWithNext),
    provenance: () => edit(actions.toggleProvenance),
    concepts: focusConcepts,
    leaveText: () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
    enterText: focusCaption,
    myWork: show("my-work"),
  };
  // Without a task there is nothing to skip, to turn or to submit.
  const withoutTask = (looking: Handlers): Handlers => pick({ ...handlers, ...looking }, WITHOUT_A_TASK);
  const whileAsked = (looking: Handlers): Handlers => looking;
  const over = useDesk({
    slug: project.slug,
    stage,
    panel,
    onPanel: (name) => edit(actions.openPanel(name)),
    commands: handlers,
    meanwhile: task === null ? withoutTask : isAsked ? whileAsked : null,
  });

  return (
    <main className="workbench">
      {task === null ? (
        <NothingToDo bench={bench} />
      ) : (
        <>
          <WorkbenchStage bench={bench} control={stage} />
          <ConflictDialog bench={bench} />
          <div className="words" hidden={isAsked}>
            <FirstVisit slug={project.slug} />
            <TaskTrouble bench={bench} />
            <ReturnedNote task={task} />
            <SourceList bench={bench} />
            <TextField bench={bench} limit={limit} />
            <DifferencePane bench={bench} />
            <ConceptChips key={task.id} bench={bench} onDone={focusCaption} />
            <ActionBar
              bench={bench}
              limit={limit}
              slug={project.slug}
              round={round}
              onSubmit={submit}
              onUndo={() => void undo()}
              onSkip={show("skip")}
              onFlag={show("flag")}
              onKept={show("kept")}
            />
          </div>
        </>
      )}
      {over}
      {panel === "skip" && task !== null && (
        <ReasonDialog
          kind="skip"
          about={task.id}
          reasons={project.skip_reasons}
          onGive={bench.skip}
          onClose={close}
        />
      )}
      {panel === "flag" && task !== null && (
        <ReasonDialog
          kind="flag"
          about={task.id}
          reasons={project.flag_reasons}
          onGive={bench.flag}
          onClose={close}
        />
      )}
      {panel === "kept" && <KeptDialog bench={bench} onClose={close} />}
      {panel === "my-work" && <MyWork round={round} language={language} onReopen={reopen} onClose={close} />}
      {(signedOut || unsent) && (
        <SignInDialog user={user} onDone={bench.resume} onClose={() => location.reload()} />
      )}
    </main>
  );
}

const WITHOUT_A_TASK = ["undo", "guidelines", "myWork", "help"] as const satisfies readonly CommandId[];

function pick(handlers: Handlers, ids: readonly CommandId[]): Handlers {
  return Object.fromEntries(Object.entries(handlers).filter(([id]) => ids.some((one) => one === id)));
}

interface WorkbenchStageProps {
  readonly bench: Bench;
  readonly control: ReturnType<typeof createStageControl>;
}

/** The caption is the image's alternative text: what a screen reader says of it is what is being written. */
function WorkbenchStage({ bench, control }: WorkbenchStageProps) {
  const image = useStore(bench.state, (state) => state.current?.image);
  const savedText = useStore(bench.state, (state) => state.savedText);
  return image === undefined ? null : <Stage image={image} alt={savedText} control={control} />;
}
