/** The command that every screen with keys has: to see them. */
import type { Command } from "./command";

export const help: Command<{ readonly onPanel: (panel: "help") => void }> = {
  id: "help",
  label: "key.help",
  section: "screen",
  keys: ["F1", "?"],
  place: "everywhere",
  perform: ({ onPanel }) => onPanel("help"),
};
