/** Keys mean the same on QWERTY, AZERTY and QWERTZ, on a Mac and elsewhere, and never get in the way of typing. */
import { describe, expect, it } from "vitest";

import { WORKBENCH_COMMANDS } from "../../src/editor/commands";
import { guidelines } from "../../src/guidelines/commands";
import type { Named } from "../../src/keys/command";
import { help } from "../../src/keys/commands";
import * as matching from "../../src/keys/matching";
import { CHOICES, VERDICTS } from "../../src/review/commands";
import { STAGE_COMMANDS, STAGE_COMMANDS_BESIDE_R } from "../../src/stage/commands";

const { keyLabel, keyName } = matching;
type Press = matching.Press;

const DESK = [guidelines, help] as const;
const SCREENS: Readonly<Record<string, readonly Named[]>> = {
  workbench: [...WORKBENCH_COMMANDS, ...STAGE_COMMANDS, ...DESK],
  "reviewer's desk": [...VERDICTS, ...STAGE_COMMANDS_BESIDE_R, ...DESK],
  "adjudicator's desk": [...CHOICES, ...STAGE_COMMANDS, ...DESK],
};
const BY_ID = new Map(
  Object.values(SCREENS)
    .flat()
    .map((command) => [command.id, command]),
);
const ALL = [...BY_ID.keys()];

/** The commands by their ids; a wrong id is a wrong test. */
function named(ids: readonly string[]): readonly Named[] {
  return ids.map((id) => {
    const command = BY_ID.get(id);
    if (command === undefined) throw new Error(`No command is called ${id}.`);
    return command;
  });
}

function commandFor(
  pressed: Press,
  offered: readonly string[],
  inText: boolean,
  mac: boolean,
  own: matching.OwnKeys = {},
): string | null {
  return matching.commandFor(pressed, named(offered), inText, mac, own)?.id ?? null;
}

function clashOf(
  id: string,
  key: string,
  offered: readonly string[],
  own: matching.OwnKeys = {},
): string | null {
  const [command] = named([id]);
  return command === undefined ? null : (matching.clashOf(command, key, named(offered), own)?.id ?? null);
}

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

describe.each(Object.entries(SCREENS))("the %s", (_screen, commands) => {
  it("has no key twice", () => {
    const keys = commands.flatMap((command) => command.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it("has a name of its own for each command, under which its keys are kept", () => {
    const ids = commands.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

it("names a press as commands write it", () => {
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
