/** What every desk has: a picture under its keys, the guidelines, and the help that lists the keys. */
import type { ReactNode } from "react";

import { guidelines } from "../guidelines/commands";
import { GuidelinesDrawer } from "../guidelines/GuidelinesDrawer";
import { type Command, type ReadyCommand, within } from "../keys/command";
import { help } from "../keys/commands";
import { KeyHelp } from "../keys/KeyHelp";
import { useKeys } from "../keys/useKeys";

import { type Looking, STAGE_COMMANDS } from "./commands";
import type { StageControl } from "./control";

interface Needs {
  readonly slug: string;
  readonly stage: StageControl;
  readonly hasPicture: boolean;
  /** The open panel. Names besides "help" and "guidelines" are the desk's own. */
  readonly panel: string | null;
  readonly onPanel: (panel: "help" | "guidelines" | null) => void;
  /** The desk's own commands. */
  readonly commands: readonly ReadyCommand[];
  /** Those of the picture. */
  readonly looking?: readonly Command<Looking>[];
}

/** Binds the keys; returns the help and the guidelines, if one of them is open. */
export function useDesk(needs: Needs): ReactNode {
  const { slug, stage: control, hasPicture, panel, onPanel, commands, looking = STAGE_COMMANDS } = needs;
  const all = [
    ...commands,
    ...within({ control, hasPicture }, looking),
    ...within({ onPanel }, [guidelines, help]),
  ];
  useKeys(all);
  const close = (): void => onPanel(null);
  return (
    <>
      {panel === "help" && <KeyHelp commands={all} onClose={close} />}
      {panel === "guidelines" && <GuidelinesDrawer slug={slug} onClose={close} />}
    </>
  );
}
