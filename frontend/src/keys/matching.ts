/**
 * Which command a key press stands for, and how keys are written and shown.
 *
 * Letters and signs are matched by what the key types (so AZERTY and QWERTZ are right), digits also by their place (on
 * AZERTY the digit row types signs).
 */
import type { Named } from "./command";

/** A person's own keys by the command's id, over those that the command has. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

export function keysOf({ id, keys }: Named, own: OwnKeys = {}): readonly string[] {
  return own[id] ?? keys;
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
export function commandFor<Each extends Named>(
  press: Press,
  offered: readonly Each[],
  inText: boolean,
  mac: boolean,
  own: OwnKeys = {},
): Each | null {
  const matches = (command: Each): boolean =>
    (!inText || command.place === "everywhere") &&
    keysOf(command, own).some((key) => !(inText && typesSomething(key)) && isPress(key, press, mac));
  return offered.find(matches) ?? null;
}

/** Which other command of the screen has that key already; it would never be given by it again. */
export function clashOf<Each extends Named>(
  { id }: Named,
  key: string,
  offered: readonly Each[],
  own: OwnKeys = {},
): Each | null {
  const has = (other: Each): boolean =>
    keysOf(other, own).some((each) => each.toLowerCase() === key.toLowerCase());
  return offered.find((other) => other.id !== id && has(other)) ?? null;
}

/** How a press is written among a command's keys; null for a modifier alone. */
export function keyName(press: Press, mac: boolean): string | null {
  if (["Control", "Shift", "Alt", "Meta", "AltGraph", "Dead"].includes(press.key)) return null;
  const { mod, alt } = modifiers(press, mac);
  return `${mod ? "Mod+" : ""}${alt ? "Alt+" : ""}${namedKey(press)}`;
}

/** How a command's key is shown to a person. */
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

/** `other`: a modifier that no command's key has. */
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
 * tells. (The commands' Alt letters are those that AZERTY and QWERTZ have in the same place as QWERTY.)
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
