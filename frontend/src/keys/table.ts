/**
 * The key table: every command with its label and its keys. It drives the keys, the labels on buttons and the help.
 *
 * Letters and signs are matched by what the key types (so AZERTY and QWERTZ are right), digits also by their place (on
 * AZERTY the digit row types signs).
 */
import type { MessageKey } from "../i18n/translate";

export type Place = "everywhere" | "outside text";
export type Section = "words" | "image" | "task" | "review" | "screen";

export interface Command {
  readonly label: MessageKey;
  readonly section: Section;
  /** `Mod` is ⌘ on a Mac and Ctrl elsewhere; `Alt` is ⌃⌥ on a Mac, where Option alone types signs such as ß and ç. */
  readonly keys: readonly string[];
  /** Single keys must not fire while somebody types. */
  readonly place: Place;
}

export const COMMANDS = {
  submit: { label: "key.submit", section: "task", keys: ["Mod+Enter"], place: "everywhere" },
  skip: { label: "key.skip", section: "task", keys: ["Alt+s", "s"], place: "everywhere" },
  flag: { label: "key.flag", section: "task", keys: ["Alt+f", "f"], place: "everywhere" },
  undo: { label: "key.undo", section: "task", keys: ["Alt+u", "u"], place: "everywhere" },
  takeAltText: { label: "key.takeAltText", section: "words", keys: ["Alt+1"], place: "everywhere" },
  takePrevious: { label: "key.takePrevious", section: "words", keys: ["Alt+2"], place: "everywhere" },
  takeDraft: { label: "key.takeDraft", section: "words", keys: ["Alt+3"], place: "everywhere" },
  nextHunk: { label: "key.nextHunk", section: "words", keys: ["Alt+ArrowDown", "j"], place: "everywhere" },
  previousHunk: {
    label: "key.previousHunk",
    section: "words",
    keys: ["Alt+ArrowUp", "k"],
    place: "everywhere",
  },
  takeHunk: { label: "key.takeHunk", section: "words", keys: ["Alt+Enter", "x"], place: "everywhere" },
  nextBase: { label: "key.nextBase", section: "words", keys: ["Alt+b", "b"], place: "everywhere" },
  provenance: { label: "key.provenance", section: "words", keys: ["Alt+p", "p"], place: "everywhere" },
  concepts: { label: "key.concepts", section: "words", keys: ["Alt+c", "c"], place: "everywhere" },
  leaveText: { label: "key.leaveText", section: "words", keys: ["Escape"], place: "everywhere" },
  enterText: { label: "key.enterText", section: "words", keys: ["e"], place: "outside text" },
  zoomIn: { label: "key.zoomIn", section: "image", keys: ["+", "=", "Alt++", "Alt+="], place: "everywhere" },
  zoomOut: { label: "key.zoomOut", section: "image", keys: ["-", "Alt+-"], place: "everywhere" },
  fit: { label: "key.fit", section: "image", keys: ["0", "Alt+0"], place: "everywhere" },
  fullSize: { label: "key.fullSize", section: "image", keys: ["1", "Alt+9"], place: "everywhere" },
  rotate: { label: "key.rotate", section: "image", keys: ["r", "Alt+r"], place: "everywhere" },
  brighten: { label: "key.brighten", section: "image", keys: ["l", "Alt+l"], place: "everywhere" },
  panLeft: { label: "key.panLeft", section: "image", keys: ["ArrowLeft"], place: "outside text" },
  panRight: { label: "key.panRight", section: "image", keys: ["ArrowRight"], place: "outside text" },
  panUp: { label: "key.panUp", section: "image", keys: ["ArrowUp"], place: "outside text" },
  panDown: { label: "key.panDown", section: "image", keys: ["ArrowDown"], place: "outside text" },
  turn: { label: "key.rotate", section: "image", keys: ["t"], place: "outside text" },
  accept: { label: "key.accept", section: "review", keys: ["a"], place: "outside text" },
  returnIt: { label: "key.returnIt", section: "review", keys: ["r"], place: "outside text" },
  fix: { label: "key.fix", section: "review", keys: ["f"], place: "outside text" },
  undoVerdict: { label: "key.undoVerdict", section: "review", keys: ["u"], place: "outside text" },
  pickFirst: { label: "key.pickFirst", section: "review", keys: ["a"], place: "outside text" },
  pickSecond: { label: "key.pickSecond", section: "review", keys: ["b"], place: "outside text" },
  pickThird: { label: "key.pickThird", section: "review", keys: ["c"], place: "outside text" },
  pickFourth: { label: "key.pickFourth", section: "review", keys: ["d"], place: "outside text" },
  merge: { label: "key.merge", section: "review", keys: ["m"], place: "outside text" },
  guidelines: { label: "key.guidelines", section: "screen", keys: ["Alt+g", "g"], place: "everywhere" },
  myWork: { label: "key.myWork", section: "screen", keys: ["m"], place: "outside text" },
  help: { label: "key.help", section: "screen", keys: ["F1", "?"], place: "everywhere" },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof COMMANDS;

/** A person's own keys, over the table's. */
export type OwnKeys = Partial<Record<CommandId, readonly string[]>>;

export function keysOf(id: CommandId, own: OwnKeys = {}): readonly string[] {
  return own[id] ?? COMMANDS[id].keys;
}

export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The command that a key press stands for, among those that the screen offers. */
export function commandFor<Id extends CommandId>(
  press: Press,
  offered: readonly Id[],
  inText: boolean,
  mac: boolean,
  own: OwnKeys = {},
): Id | null {
  const matches = (id: Id): boolean =>
    (!inText || COMMANDS[id].place === "everywhere") &&
    keysOf(id, own).some((key) => !(inText && typesSomething(key)) && isPress(key, press, mac));
  return offered.find(matches) ?? null;
}

/** Which other command of the screen has that key already; it would never be given by it again. */
export function clashOf<Id extends CommandId>(
  id: Id,
  key: string,
  offered: readonly Id[],
  own: OwnKeys = {},
): Id | null {
  const has = (other: Id): boolean =>
    keysOf(other, own).some((each) => each.toLowerCase() === key.toLowerCase());
  return offered.find((other) => other !== id && has(other)) ?? null;
}

/** How a press is written in the table; null for a modifier alone. */
export function keyName(press: Press, mac: boolean): string | null {
  if (["Control", "Shift", "Alt", "Meta", "AltGraph", "Dead"].includes(press.key)) return null;
  const { mod, alt } = modifiers(press, mac);
  return `${mod ? "Mod+" : ""}${alt ? "Alt+" : ""}${namedKey(press)}`;
}

/** How a key of the table is shown to a person. */
export function keyLabel(key: string, mac: boolean): string {
  const names: Record<string, string> = {
    ArrowLeft: "←",
    ArrowRight: "→",
    Mod: mac ? "⌘" : "Ctrl",
    Alt: mac ? "⌃⌥" : "Alt",
    ArrowDown: "↓",
    ArrowUp: "↑",
    Enter: mac ? "↩" : "Enter",
    Escape: "Esc",
  };
  return partsOf(key)
    .map((part) => names[part] ?? part.toUpperCase())
    .join(mac ? " " : "+");
}

/** "Mod+Enter" → ["Mod", "Enter"]; the last part may be the plus itself. */
function partsOf(key: string): string[] {
  const name = key.endsWith("+") ? "+" : (key.split("+").at(-1) ?? "");
  const held = key.slice(0, key.length - name.length).split("+");
  return [...held.filter((part) => part !== ""), name];
}

function typesSomething(key: string): boolean {
  return key.length === 1;
}

function isPress(key: string, press: Press, mac: boolean): boolean {
  const parts = partsOf(key);
  const name = parts.at(-1) ?? "";
  const wants = (modifier: string): boolean => parts.slice(0, -1).includes(modifier);
  const { mod, alt, other } = modifiers(press, mac);
  return mod === wants("Mod") && alt === wants("Alt") && !other && namesKey(name, press);
}

/** `other`: a modifier that no key of the table has. */
function modifiers(press: Press, mac: boolean): { mod: boolean; alt: boolean; other: boolean } {
  const { ctrlKey, metaKey, altKey } = press;
  if (mac) return { mod: metaKey, alt: ctrlKey && altKey, other: ctrlKey !== altKey };
  return { mod: ctrlKey, alt: altKey, other: metaKey };
}

function namesKey(name: string, press: Press): boolean {
  if (press.key.toLowerCase() === name.toLowerCase()) return true;
  return namedKey(press).toLowerCase() === name.toLowerCase();
}

/**
 * What the key is called. With Alt a Mac types other signs, and on AZERTY a digit needs Shift: there the key's place
 * tells. (The table's Alt letters are those that AZERTY and QWERTZ have in the same place as QWERTY.)
 */
function namedKey(press: Press): string {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1];
  if (digit !== undefined && (press.altKey || !/^\d$/.test(press.key))) {
    return isSign(press.key) && !press.altKey ? press.key : digit;
  }
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (press.altKey && letter !== undefined && !/^[a-z]$/i.test(press.key)) return letter.toLowerCase();
  return press.key.length === 1 ? press.key.toLowerCase() : press.key;
}

function isSign(key: string): boolean {
  return ["?", "+", "=", "-"].includes(key);
}
