/** The annotator's screen: the image on the left, its words on the right. */
import "./workbench.css";

import { useState } from "react";

import type { Project } from "../api/projects";
import { GuidelinesDrawer } from "../guidelines/GuidelinesDrawer";
import { KeyHelp } from "../keys/KeyHelp";
import type { CommandId } from "../keys/table";
import { type Handlers, useKeys } from "../keys/useKeys";
import { t } from "../i18n/translate";
import { SignInDialog } from "../sign_in/SignInDialog";
import { createStageControl } from "../stage/control";
import { Stage } from "../stage/Stage";
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
import { MyWork } from "./MyWork";
import { NothingToDo } from "./NothingToDo";
import { ReasonDialog } from "./ReasonDialog";
import { ReturnedNote } from "./ReturnedNote";
import { SourceList } from "./SourceList";
import { undecidedConcepts } from "./submission";
import { focusCaption, TextField } from "./TextField";

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
  const [stage] = useState(createStageControl);
  const { language, edit } = bench;
  const limit = project.caption_limit;

  const show = (name: NonNullable<typeof panel>) => () => edit(actions.openPanel(name));
  const close = (): void => edit(actions.openPanel(null));

  const undo = async (): Promise<void> => {
    try {
      if (!(await bench.undo())) showToast(t("undo.nothing"));
    } catch (error) {
      showToast(messageOf(error));
    }
  };

  const submit = (): void => {
    if (project.asks_for_concepts && undecidedConcepts(bench.state.get(), language).length > 0) {
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
    zoomIn: stage.zoomIn,
    zoomOut: stage.zoomOut,
    fit: stage.fit,
    fullSize: stage.fullSize,
    rotate: stage.rotate,
    brighten: stage.brighten,
    guidelines: show("guidelines"),
    myWork: show("my-work"),
    help: show("help"),
  };
  useKeys(handlers);

  return (
    <main className="workbench">
      {task === null ? (
        <NothingToDo bench={bench} />
      ) : (
        <>
          <WorkbenchStage bench={bench} control={stage} />
          <div className="words">
            <FirstVisit slug={project.slug} />
            <ReturnedNote task={task} />
            <SourceList bench={bench} />
            <TextField bench={bench} limit={limit} />
            <DifferencePane bench={bench} />
            <ConceptChips key={task.id} bench={bench} onDone={focusCaption} />
            <ActionBar
              bench={bench}
              limit={limit}
              slug={project.slug}
              onSubmit={submit}
              onUndo={() => void undo()}
              onSkip={show("skip")}
              onFlag={show("flag")}
              onKept={show("kept")}
            />
          </div>
        </>
      )}
      <ConflictDialog bench={bench} />
      {panel === "help" && <KeyHelp commands={Object.keys(handlers) as CommandId[]} onClose={close} />}
      {panel === "guidelines" && <GuidelinesDrawer slug={project.slug} onClose={close} />}
      {panel === "skip" && (
        <ReasonDialog kind="skip" reasons={project.skip_reasons} onGive={bench.skip} onClose={close} />
      )}
      {panel === "flag" && (
        <ReasonDialog kind="flag" reasons={project.flag_reasons} onGive={bench.flag} onClose={close} />
      )}
      {panel === "kept" && <KeptDialog bench={bench} onClose={close} />}
      {panel === "my-work" && <MyWork round={round} language={language} onClose={close} />}
      {(signedOut || unsent) && (
        <SignInDialog user={user} onDone={bench.resume} onClose={() => location.reload()} />
      )}
    </main>
  );
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
