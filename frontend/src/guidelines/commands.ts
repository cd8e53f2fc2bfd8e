/** To read the guidelines beside one's work. */
import type { Command } from "../keys/command";

export const guidelines: Command<{ readonly onPanel: (panel: "guidelines") => void }> = {
  id: "guidelines",
  label: "key.guidelines",
  section: "screen",
  keys: ["Alt+g", "g"],
  place: "everywhere",
  perform: ({ onPanel }) => onPanel("guidelines"),
};
