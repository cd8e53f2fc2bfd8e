/** What every desk has: a picture under its keys, the guidelines, and the help that lists the keys. */
import type { ReactNode } from "react";

import { GuidelinesDrawer } from "../guidelines/GuidelinesDrawer";
import { KeyHelp } from "../keys/KeyHelp";
import type { CommandId } from "../keys/table";
import { type Handlers, useKeys } from "../keys/useKeys";

import { type StageControl, stageHandlers } from "./control";

interface Needs {
  readonly slug: string;
  readonly stage: StageControl;
  /** The open panel. Names besides "help" and "guidelines" are the desk's own. */
  readonly panel: string | null;
  readonly onPanel: (panel: "help" | "guidelines" | null) => void;
  /** The desk's own commands. */
  readonly commands: Handlers;
  /** The command that rotates the picture, if another command of the desk has its key. */
  readonly turnsWith?: "rotate" | "turn";
  /** While something else is open, only the commands that this returns, given those of the picture; null: all commands. */
  readonly meanwhile?: ((looking: Handlers) => Handlers) | null;
}

/** Binds the keys; returns the help and the guidelines, if one of them is open. */
export function useDesk(needs: Needs): ReactNode {
  const { slug, stage, panel, onPanel, commands, turnsWith = "rotate", meanwhile = null } = needs;
  const { rotate, ...others } = stageHandlers(stage);
  const looking: Handlers = {
    ...others,
    ...(rotate === undefined ? {} : { [turnsWith]: rotate }),
    guidelines: () => onPanel("guidelines"),
    help: () => onPanel("help"),
  };
  const all: Handlers = { ...commands, ...looking };
  useKeys(meanwhile === null ? all : meanwhile(looking));
  const close = (): void => onPanel(null);
  return (
    <>
      {panel === "help" && <KeyHelp commands={Object.keys(all) as CommandId[]} onClose={close} />}
      {panel === "guidelines" && <GuidelinesDrawer slug={slug} onClose={close} />}
    </>
  );
}
