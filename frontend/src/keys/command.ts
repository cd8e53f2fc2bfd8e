/**
 * A command: its name, its keys and what it does, as one object. Each feature declares its own (commands.ts in its
 * folder); the same objects drive the keys, the buttons, the help and a person's own keys.
 */
import type { MessageKey } from "../i18n/translate";

export type Place = "everywhere" | "outside text";
export type Section = "words" | "image" | "task" | "review" | "screen";

/** What a command is called and which keys give it. */
export interface Named {
  /** A person's own keys are kept under it. Commands of one screen have different ones. */
  readonly id: string;
  readonly label: MessageKey;
  /** What its button says, if that is shorter than the label. */
  readonly button?: MessageKey;
  readonly section: Section;
  /** `Mod` is ⌘ on a Mac and Ctrl elsewhere; `Alt` is ⌃⌥ on a Mac, where Option alone types signs such as ß and ç. */
  readonly keys: readonly string[];
  /** Single keys must not fire while somebody types. */
  readonly place: Place;
}

/** `Context` is what the command acts on: each screen gives its own. */
export interface Command<Context> extends Named {
  readonly perform: (context: Context) => void;
  /** Whether its keys give it now; without this, always. */
  readonly enabled?: (context: Context) => boolean;
}

/** A command together with what it acts on. */
export interface ReadyCommand extends Named {
  readonly run: () => void;
  readonly isEnabled: () => boolean;
}

/** These commands, acting on `context`. */
export function within<Context>(
  context: Context,
  commands: readonly Command<Context>[],
): readonly ReadyCommand[] {
  return commands.map((command) => ({
    ...command,
    run: () => command.perform(context),
    isEnabled: () => command.enabled?.(context) ?? true,
  }));
}
