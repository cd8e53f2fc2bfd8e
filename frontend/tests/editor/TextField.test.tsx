/** The caption's field, typed into: its undo knows what keys changed, another task starts afresh, the limit is shown. */
import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";

import { takeStart } from "../../src/editor/actions";
import type { Bench } from "../../src/editor/bench";
import { memoryDevice } from "../../src/editor/device";
import { focusCaption, showWhatIsOver } from "../../src/editor/focus";
import { TextField } from "../../src/editor/TextField";
import { violations } from "../looks";

import { opened } from "./opened";
import { Rules } from "./rules";

async function drawn(limit = 2000): Promise<Bench> {
  const bench = await opened(new Rules(2), memoryDevice());
  await render(
    <>
      <TextField bench={bench} limit={limit} />
      <button type="button">Elsewhere</button>
    </>,
  );
  return bench;
}

const caption = () => page.getByRole("textbox", { name: "Caption" });

it("has the focus, with the caret behind the words, and takes a spell of typing", async () => {
  const bench = await drawn();
  await expect.element(caption()).toHaveFocus();
  await userEvent.keyboard(", a green iguana{ArrowLeft>6/}young ");
  await expect.element(caption()).toHaveValue("alt-text 1, a green young iguana");
  expect(bench.state.get().text).toBe("alt-text 1, a green young iguana");
});

it("goes back to what was typed when the starting text was taken and that is undone", async () => {
  const bench = await drawn();
  await userEvent.keyboard(" seen");
  bench.edit(takeStart);
  await expect.element(caption()).toHaveValue("alt-text 1");
  await userEvent.keyboard("{Control>}z{/Control}");
  await expect.element(caption()).toHaveValue("alt-text 1 seen");
  expect(bench.state.get().text).toBe("alt-text 1 seen");
});

it("leaves the focus where it is when the text is changed from elsewhere", async () => {
  const bench = await drawn();
  await userEvent.keyboard(" seen");
  await page.getByRole("button", { name: "Elsewhere" }).click();
  bench.edit(takeStart);
  await expect.element(caption()).toHaveValue("alt-text 1");
  await expect.element(page.getByRole("button", { name: "Elsewhere" })).toHaveFocus();
  focusCaption();
  await expect.element(caption()).toHaveFocus();
});

it("starts afresh with the next task: undo does not bring the last one's words", async () => {
  const bench = await drawn();
  await userEvent.keyboard(" seen");
  bench.submit();
  await expect.element(caption()).toHaveValue("alt-text 2");
  await expect.element(caption()).toHaveFocus();
  await userEvent.keyboard("{Control>}z{/Control}");
  await expect.element(caption()).toHaveValue("alt-text 2");
});

it("notes how much of a text was pasted", async () => {
  const bench = await drawn();
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", "pasted");
  caption()
    .element()
    .dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  await expect.poll(() => bench.state.get().pasted).toBe(6);
});

it("keeps a text over the limit, says that it is invalid, and marks what is over", async () => {
  const bench = await drawn(12);
  await expect.element(caption()).toHaveAttribute("aria-invalid", "false");
  await userEvent.keyboard(" seen");
  await expect.element(caption()).toHaveAttribute("aria-invalid", "true");
  showWhatIsOver(12);
  await userEvent.keyboard("{Delete}");
  await expect.element(caption()).toHaveValue("alt-text 1 s");
  await expect.element(caption()).toHaveAttribute("aria-invalid", "false");
  expect(bench.state.get().text).toBe("alt-text 1 s");
  expect(await violations()).toEqual([]);
});
