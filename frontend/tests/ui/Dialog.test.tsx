/** A dialog keeps the focus in itself, gives it back, closes on Escape, and does its main thing on Ctrl+Enter. */
import { useState } from "react";
import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";

import { Dialog } from "../../src/ui/Dialog";
import { tooWideOnAPhone, violations } from "../looks";

/** A button that opens a dialog with a field; what is done is written under it. */
function Asking() {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState("nothing");
  const [text, setText] = useState("");
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Ask
      </button>
      <output>{done}</output>
      {open && (
        <Dialog title="Why?" onClose={() => setOpen(false)}>
          <label>
            Reason <input value={text} onChange={({ target }) => setText(target.value)} />
          </label>
          <div className="dialog-actions">
            <button type="button" onClick={() => setOpen(false)}>
              Cancel
            </button>
            <button
              type="button"
              className="primary"
              disabled={text === ""}
              onClick={() => setDone(`given: ${text}`)}
            >
              Give
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

const opener = () => page.getByRole("button", { name: "Ask" });
const reason = () => page.getByRole("textbox", { name: "Reason" });

it("has its title as its name, closes on Escape and gives the focus back", async () => {
  await render(<Asking />);
  await opener().click();
  await expect.element(page.getByRole("dialog", { name: "Why?" })).toBeVisible();
  await expect.element(reason()).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  await expect.element(opener()).toHaveFocus();
});

it("never lets the focus reach what lies under it", async () => {
  await render(<Asking />);
  const under = opener().element();
  await opener().click();
  await expect.element(reason()).toHaveFocus();
  for (let press = 0; press < 6; press += 1) {
    await userEvent.keyboard("{Tab}");
    expect(document.activeElement).not.toBe(under);
  }
});

it("presses its main button on Ctrl+Enter, from any of its fields, once that can be pressed", async () => {
  await render(<Asking />);
  await opener().click();
  await reason().click();
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(document.querySelector("output")?.textContent).toBe("nothing");
  await userEvent.keyboard("blurred{Control>}{Enter}{/Control}");
  await expect.poll(() => document.querySelector("output")?.textContent).toBe("given: blurred");
});

it("is accessible, and fits a phone", async () => {
  await render(<Asking />);
  await opener().click();
  await expect.element(page.getByRole("dialog", { name: "Why?" })).toBeVisible();
  expect(await violations()).toEqual([]);
  expect(await tooWideOnAPhone()).toBe(0);
});
