/** A command as a button: its words, its first key, and what it does. */
import type { ReactNode } from "react";

import { t } from "../i18n/translate";

import type { Command } from "./command";
import { Keys } from "./Keys";

interface Props<Context> {
  readonly command: Command<Context>;
  readonly context: Context;
  readonly look?: "quiet" | "primary";
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  /** Other words than the command's own, where they change with what it acts on. */
  readonly children?: ReactNode;
}

export function CommandButton<Context>(props: Props<Context>) {
  const { command, context, look, disabled = false, pressed, children } = props;
  return (
    <button
      type="button"
      className={look}
      disabled={disabled}
      aria-pressed={pressed}
      onClick={() => command.perform(context)}
    >
      {children ?? t(command.button ?? command.label)} <Keys command={command} />
    </button>
  );
}
