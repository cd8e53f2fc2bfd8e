/** What is done with a picture: zoomed, moved, turned, brightened. */
import type { Command } from "../keys/command";

import type { StageControl } from "./control";

export interface Looking {
  readonly control: StageControl;
  /** Whether there is a picture on the screen. */
  readonly hasPicture: boolean;
}

type StageCommand = Command<Looking>;

/** One that has a button on the stage, with its sign. */
export interface StageTool extends StageCommand {
  readonly sign: string;
}

const ON_THE_IMAGE = {
  section: "image",
  enabled: ({ hasPicture }: Looking) => hasPicture,
} as const;

const zoomIn: StageTool = {
  ...ON_THE_IMAGE,
  id: "zoomIn",
  label: "key.zoomIn",
  sign: "+",
  keys: ["+", "=", "Alt++", "Alt+="],
  place: "everywhere",
  perform: ({ control }) => control.zoomIn(),
};

const zoomOut: StageTool = {
  ...ON_THE_IMAGE,
  id: "zoomOut",
  label: "key.zoomOut",
  sign: "−",
  keys: ["-", "Alt+-"],
  place: "everywhere",
  perform: ({ control }) => control.zoomOut(),
};

const fit: StageTool = {
  ...ON_THE_IMAGE,
  id: "fit",
  label: "key.fit",
  sign: "⤢",
  keys: ["0", "Alt+0"],
  place: "everywhere",
  perform: ({ control }) => control.fit(),
};

const fullSize: StageTool = {
  ...ON_THE_IMAGE,
  id: "fullSize",
  label: "key.fullSize",
  sign: "1:1",
  keys: ["1", "Alt+9"],
  place: "everywhere",
  perform: ({ control }) => control.fullSize(),
};

const rotate: StageTool = {
  ...ON_THE_IMAGE,
  id: "rotate",
  label: "key.rotate",
  sign: "↻",
  keys: ["r", "Alt+r"],
  place: "everywhere",
  perform: ({ control }) => control.rotate(),
};

/** The same where R returns a caption. */
const turn: StageCommand = { ...rotate, id: "turn", keys: ["t"], place: "outside text" };

const brighten: StageTool = {
  ...ON_THE_IMAGE,
  id: "brighten",
  label: "key.brighten",
  sign: "☀",
  keys: ["l", "Alt+l"],
  place: "everywhere",
  perform: ({ control }) => control.brighten(),
};

const PAN = { ...ON_THE_IMAGE, place: "outside text" } as const;

const panLeft: StageCommand = {
  ...PAN,
  id: "panLeft",
  label: "key.panLeft",
  keys: ["ArrowLeft"],
  perform: ({ control }) => control.panLeft(),
};

const panRight: StageCommand = {
  ...PAN,
  id: "panRight",
  label: "key.panRight",
  keys: ["ArrowRight"],
  perform: ({ control }) => control.panRight(),
};

const panUp: StageCommand = {
  ...PAN,
  id: "panUp",
  label: "key.panUp",
  keys: ["ArrowUp"],
  perform: ({ control }) => control.panUp(),
};

const panDown: StageCommand = {
  ...PAN,
  id: "panDown",
  label: "key.panDown",
  keys: ["ArrowDown"],
  perform: ({ control }) => control.panDown(),
};

/** The buttons on the stage, in their order. */
export const STAGE_TOOLS: readonly StageTool[] = [zoomOut, zoomIn, fit, fullSize, rotate, brighten];

/** The keys of a picture; `turnsWith` is the command that rotates it. */
function stageCommands(turnsWith: StageCommand): readonly StageCommand[] {
  return [zoomIn, zoomOut, fit, fullSize, brighten, panLeft, panRight, panUp, panDown, turnsWith];
}

export const STAGE_COMMANDS = stageCommands(rotate);
/** Where R is another command's. */
export const STAGE_COMMANDS_BESIDE_R = stageCommands(turn);
