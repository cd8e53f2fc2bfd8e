/** The annotator's screen: the image on the left, its words on the right. */
import "../ui/styles/desk.css";
import "./workbench.css";

import { useState } from "react";

import type { Project } from "../api/projects";
import { within } from "../keys/command";
import { SignInDialog } from "../sign_in/SignInDialog";
import { createStageControl } from "../stage/control";
import { Stage } from "../stage/Stage";
import { useDesk } from "../stage/useDesk";
import { useStore } from "../ui/store";

import * as actions from "./actions";
import { ActionBar } from "./ActionBar";
import type { Bench } from "./bench";
import { type AtWork, WORKBENCH_COMMANDS } from "./commands";
import { ConceptChips } from "./ConceptChips";
import { ConflictDialog } from "./ConflictDialog";
import { DifferencePane } from "./DifferencePane";
import { FirstVisit } from "./FirstVisit";
import { focusCaption } from "./focus";
import { KeptDialog } from "./KeptDialog";
import { MyWork } from "./MyWork";
import { NothingToDo } from "./NothingToDo";
import { ReasonDialog } from "./ReasonDialog";
import { ReturnedNote } from "./ReturnedNote";
import { SourceList } from "./SourceList";
import { TaskTrouble } from "./TaskTrouble";
import { TextField } from "./TextField";

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
  const at: AtWork = { bench, round, project };

  const close = (): void => edit(actions.openPanel(null));

  const reopen = async (id: number, of: number): Promise<void> => {
    await bench.reopen(of, id);
    close();
  };

  const over = useDesk({
    slug: project.slug,
    stage,
    panel,
    onPanel: (name) => edit(actions.openPanel(name)),
    hasPicture: task !== null,
    commands: within(at, WORKBENCH_COMMANDS),
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
            <ActionBar at={at} slug={project.slug} onKept={() => edit(actions.openPanel("kept"))} />
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
