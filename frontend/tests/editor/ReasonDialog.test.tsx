/** Skipping and flagging ask why: a reason of the project's or one's own words, which are not lost. */
import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";

import { Unreachable } from "../../src/api/problem";
import { queryClient } from "../../src/api/queries";
import { ReasonDialog } from "../../src/editor/ReasonDialog";
import { tooWideOnAPhone, violations } from "../looks";

const REASONS = ["I do not know what this is", "It cannot be seen"];

/** A button that opens the dialog about a task; what is given is put into `given`. */
function Flagging({ about, given }: { readonly about: number; readonly given: (string | null)[] }) {
  const [open, setOpen] = useState(false);
  const give = async (reason: string): Promise<void> => {
    await Promise.resolve();
    if (given.shift() === null) throw new Unreachable("no network");
    given.push(reason);
  };
  return (
    <QueryClientProvider client={queryClient}>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      {open && (
        <ReasonDialog
          kind="flag"
          about={about}
          reasons={REASONS}
          onGive={give}
          onClose={() => setOpen(false)}
        />
      )}
    </QueryClientProvider>
  );
}

const dialog = () => page.getByRole("dialog", { name: "Flag for a reviewer" });
const own = () => dialog().getByLabelText("In your own words");
const open = () => page.getByRole("button", { name: "Open" });

it("gives one of the project's reasons with one press, and closes", async () => {
  const given: string[] = [];
  await render(<Flagging about={1} given={given} />);
  await open().click();
  await dialog().getByRole("button", { name: "It cannot be seen" }).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.element(open()).toHaveFocus();
  expect(given).toEqual(["It cannot be seen"]);
});

it("has one's own words again after Escape, until they are given with Ctrl+Enter", async () => {
  const given: string[] = [];
  await render(<Flagging about={2} given={given} />);
  await open().click();
  await expect.element(dialog().getByRole("button", { name: "Flag", exact: true })).toBeDisabled();
  await own().fill("Is it the same animal?");
  await userEvent.keyboard("{Escape}");
  await expect.element(dialog()).not.toBeInTheDocument();
  await open().click();
  await expect.element(own()).toHaveValue("Is it the same animal?");
  await own().click();
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await expect.element(dialog()).not.toBeInTheDocument();
  expect(given).toEqual(["Is it the same animal?"]);
  await open().click();
  await expect.element(own()).toHaveValue("");
});

it("keeps the words and says what is wrong when they do not get through", async () => {
  await render(<Flagging about={3} given={[null]} />);
  await open().click();
  await own().fill("Is it the same animal?");
  await dialog().getByRole("button", { name: "Flag", exact: true }).click();
  await expect.element(dialog().getByRole("alert")).toHaveTextContent("The server cannot be reached");
  await expect.element(own()).toHaveValue("Is it the same animal?");
  expect(await violations()).toEqual([]);
  expect(await tooWideOnAPhone()).toBe(0);
});
