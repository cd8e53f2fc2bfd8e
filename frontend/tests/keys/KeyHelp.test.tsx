/** The help lists a screen's commands, changes their keys, refuses a key that is taken, and gives all back. */
import { useState } from "react";
import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";

import { type Command, within } from "../../src/keys/command";
import { CommandButton } from "../../src/keys/CommandButton";
import { help } from "../../src/keys/commands";
import { KeyHelp } from "../../src/keys/KeyHelp";
import { useKeys } from "../../src/keys/useKeys";
import { tooWideOnAPhone, violations } from "../looks";

interface Counter {
  readonly count: number;
  readonly set: (count: number) => void;
}

const skip: Command<Counter> = {
  id: "skip",
  label: "key.skip",
  section: "task",
  keys: ["Alt+s", "s"],
  place: "everywhere",
  enabled: ({ count }) => count < 2,
  perform: ({ count, set }) => set(count + 1),
};
const back: Command<Counter> = {
  ...skip,
  id: "undo",
  label: "key.undo",
  keys: ["u"],
  perform: ({ set }) => set(0),
};

/** A screen of two commands and the help, which counts how often one was given. */
function Screen() {
  const [count, set] = useState(0);
  const [open, setOpen] = useState(false);
  const commands = [
    ...within({ count, set }, [skip, back]),
    ...within({ onPanel: () => setOpen(true) }, [help]),
  ];
  useKeys(commands);
  return (
    <>
      <CommandButton command={skip} context={{ count, set }} />
      <output>{count}</output>
      <input aria-label="Words" />
      {open && <KeyHelp commands={commands} onClose={() => setOpen(false)} />}
    </>
  );
}

const change = (command: string) => page.getByRole("button", { name: `Change the key for: ${command}` });
const count = () => page.getByRole("status");

it("gives a command by its key and by its button, and as long as it is enabled", async () => {
  await render(<Screen />);
  await userEvent.keyboard("s");
  await expect.element(count()).toHaveTextContent("1");
  await page.getByRole("button", { name: "Skip" }).click();
  await expect.element(count()).toHaveTextContent("2");
  await userEvent.keyboard("s");
  await expect.element(count()).toHaveTextContent("2");
  await userEvent.keyboard("u");
  await expect.element(count()).toHaveTextContent("2");
});

it("types single letters in a field, and gives the command with Alt", async () => {
  await render(<Screen />);
  await page.getByRole("textbox", { name: "Words" }).click();
  await userEvent.keyboard("s");
  await expect.element(page.getByRole("textbox", { name: "Words" })).toHaveValue("s");
  await userEvent.keyboard("{Alt>}s{/Alt}");
  await expect.element(count()).toHaveTextContent("1");
});

it("refuses a key that another command has, takes a free one, and gives the old ones back", async () => {
  await render(<Screen />);
  await userEvent.keyboard("{F1}");
  await expect.element(page.getByRole("button", { name: "Reset all keys" })).toBeDisabled();
  await change("Skip").click();
  await expect.element(change("Skip")).toHaveTextContent("Press the new key…");
  await userEvent.keyboard("u");
  await expect.element(page.getByRole("alert")).toHaveTextContent("U is the key for “Previous task”");
  await expect.element(change("Skip")).toHaveTextContent("Alt+S");
  await change("Skip").click();
  await userEvent.keyboard("{F4}");
  await expect.element(page.getByRole("alert")).not.toBeInTheDocument();
  await expect.element(change("Skip")).toHaveTextContent("F4");
  expect(localStorage.getItem("altogether.keys")).toBe('{"skip":["F4"]}');

  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  await expect.element(page.getByRole("button", { name: "Skip" })).toHaveTextContent("F4");
  await userEvent.keyboard("s");
  await userEvent.keyboard("{F4}");
  await expect.element(count()).toHaveTextContent("1");

  await userEvent.keyboard("{F1}");
  await page.getByRole("button", { name: "Reset all keys" }).click();
  await expect.element(change("Skip")).toHaveTextContent("Alt+S");
  expect(localStorage.getItem("altogether.keys")).toBe("{}");
});

it("leaves a key as it is on Escape, which is never a command's new key", async () => {
  await render(<Screen />);
  await userEvent.keyboard("{F1}");
  await change("Skip").click();
  await userEvent.keyboard("{Escape}");
  await expect.element(change("Skip")).toHaveTextContent("Alt+S");
  await expect.element(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
});

it("is accessible, and fits a phone", async () => {
  await render(<Screen />);
  await userEvent.keyboard("{F1}");
  await expect.element(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  expect(await violations()).toEqual([]);
  expect(await tooWideOnAPhone()).toBe(0);
});
