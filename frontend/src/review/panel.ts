/** What is open on a desk besides the picture and the captions. */
import type { CommandId } from "../keys/table";
import type { Handlers } from "../keys/useKeys";

export type Panel = "help" | "guidelines" | "return" | "fix" | "merge" | "own-verdicts";

export const commandsOf = (handlers: Handlers): CommandId[] => Object.keys(handlers) as CommandId[];
