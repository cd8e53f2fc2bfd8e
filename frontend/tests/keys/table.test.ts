/** Keys mean the same on QWERTY, AZERTY and QWERTZ, on a Mac and elsewhere, and never get in the way of typing. */
import { describe, expect, it } from "vitest";

import {
  clashOf,
  commandFor,
  COMMANDS,
  type CommandId,
  keyLabel,
  keyName,
  type Press,
} from "../../src/keys/table";

const ALL = Object.keys(COMMANDS) as CommandId[];
const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, code: string, held: Partial<Press> = {}): Press => ({
  key,
  code,
  ...NONE,
  ...held,
});
const IMAGE = ["fit", "fullSize", "zoomIn", "zoomOut", "rotate", "help"] as const;

describe("commandFor", () => {
  it("submits with Ctrl+Enter, and with ⌘+Enter on a Mac", () => {
    expect(commandFor(press("Enter", "Enter", { ctrlKey: true }), ALL, true, false)).toBe("submit");
    expect(commandFor(press("Enter", "Enter", { metaKey: true }), ALL, true, true)).toBe("submit");
    expect(commandFor(press("Enter", "Enter", { ctrlKey: true }), ALL, true, true)).toBeNull();
    expect(commandFor(press("Enter", "Enter"), ALL, true, false)).toBeNull();
  });

  it("lets every plain key type while the focus is in a text", () => {
    for (const key of ["a", "e", "s", "?", "0", "1", "+", "-", "m"]) {
      expect(commandFor(press(key, "KeyA"), ALL, true, false)).toBeNull();
    }
    expect(commandFor(press("s", "KeyS", { altKey: true }), ALL, true, false)).toBe("skip");
  });

  it("zooms from inside the text with Alt", () => {
    const alt = { altKey: true };
    expect(commandFor(press("+", "BracketRight", alt), IMAGE, true, false)).toBe("zoomIn");
    expect(commandFor(press("=", "Equal", alt), IMAGE, true, false)).toBe("zoomIn");
    expect(commandFor(press("-", "Minus", alt), IMAGE, true, false)).toBe("zoomOut");
    expect(commandFor(press("0", "Digit0", alt), IMAGE, true, false)).toBe("fit");
    expect(commandFor(press("9", "Digit9", alt), IMAGE, true, false)).toBe("fullSize");
    expect(keyLabel("Alt++", false)).toBe("Alt++");
  });

  it("pans with the arrows, but not in a text", () => {
    expect(commandFor(press("ArrowLeft", "ArrowLeft"), ["panLeft"], false, false)).toBe("panLeft");
    expect(commandFor(press("ArrowLeft", "ArrowLeft"), ["panLeft"], true, false)).toBeNull();
  });

  it("reads digits by their place where they need Shift (AZERTY)", () => {
    expect(commandFor(press("à", "Digit0"), IMAGE, false, false)).toBe("fit");
    expect(commandFor(press("&", "Digit1"), IMAGE, false, false)).toBe("fullSize");
    expect(commandFor(press("&", "Digit1", { altKey: true }), ALL, true, false)).toBe("takeAltText");
    expect(commandFor(press("-", "Digit6"), IMAGE, false, false)).toBe("zoomOut");
  });

  it("reads signs by what they type", () => {
    expect(commandFor(press("?", "Comma", { shiftKey: true }), IMAGE, false, false)).toBe("help");
    expect(commandFor(press("?", "Slash", { shiftKey: true }), IMAGE, false, false)).toBe("help");
    expect(commandFor(press("+", "BracketRight"), IMAGE, false, false)).toBe("zoomIn");
  });

  it("leaves Option alone on a Mac, where it types ß and ç, and takes Control+Option", () => {
    expect(commandFor(press("ß", "KeyS", { altKey: true }), ALL, true, true)).toBeNull();
    expect(commandFor(press("ß", "KeyS", { altKey: true, ctrlKey: true }), ALL, true, true)).toBe("skip");
  });

  it("does not take AltGr for Alt on Windows", () => {
    expect(commandFor(press("@", "KeyQ", { altKey: true, ctrlKey: true }), ALL, true, false)).toBeNull();
  });

  it("offers only what the screen has", () => {
    expect(commandFor(press("a", "KeyA"), ["accept"], false, false)).toBe("accept");
    expect(commandFor(press("a", "KeyA"), ["fit"], false, false)).toBeNull();
  });

  it("follows a person's own keys", () => {
    const own = { skip: ["F4"] };
    expect(commandFor(press("F4", "F4"), ALL, true, false, own)).toBe("skip");
    expect(commandFor(press("s", "KeyS", { altKey: true }), ALL, true, false, own)).toBeNull();
  });
});

it("has no key twice on one screen", () => {
  const workbench = ALL.filter((id) => COMMANDS[id].section !== "review");
  const keys = workbench.flatMap((id) => COMMANDS[id].keys as readonly string[]);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

it("names a press as the table writes it", () => {
  expect(keyName(press("Shift", "ShiftLeft", { shiftKey: true }), false)).toBeNull();
  expect(keyName(press("S", "KeyS", { altKey: true, shiftKey: true }), false)).toBe("Alt+s");
  expect(keyName(press("Enter", "Enter", { metaKey: true }), true)).toBe("Mod+Enter");
});

it("shows keys as they are printed", () => {
  expect([keyLabel("Mod+Enter", false), keyLabel("Mod+Enter", true)]).toEqual(["Ctrl+Enter", "⌘ ↩"]);
  expect(keyLabel("+", false)).toBe("+");
});

describe("clashOf", () => {
  it("names the command that has the key already, as the person has set it", () => {
    expect(clashOf("skip", "Alt+F", ["skip", "flag"])).toBe("flag");
    expect(clashOf("skip", "Alt+s", ["skip", "flag"])).toBeNull();
    expect(clashOf("skip", "f", ["skip"])).toBeNull();
    expect(clashOf("skip", "F4", ["skip", "flag"], { flag: ["F4"] })).toBe("flag");
    expect(clashOf("skip", "f", ["skip", "flag"], { flag: ["F4"] })).toBeNull();
  });
});
