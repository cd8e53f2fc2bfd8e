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
  /** What lies over the desk; other names are the desk's own. */
  readonly panel: string | null;
  readonly onPanel: (panel: "help" | "guidelines" | null) => void;
  /** The desk's own commands. */
  readonly commands: Handlers;
  /** Where one of them has the key that turns the picture elsewhere. */
  readonly turnsWith?: "rotate" | "turn";
  /** Only these of all commands at the moment, and those given here; null: all. */
  readonly meanwhile?: ((looking: Handlers) => Handlers) | null;
}

/** Binds the keys; returns what lies over the desk. */
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
