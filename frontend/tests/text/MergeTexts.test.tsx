/** One text made of two: every difference is a switch, by mouse and by keyboard. */
import { useState } from "react";
import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";

import type { Taken } from "../../src/text/merge";
import { MergeTexts } from "../../src/text/MergeTexts";
import { tooWideOnAPhone, violations } from "../looks";

const FIRST = "A green iguana on a rock.";
const SECOND = "A marine iguana on a wet rock.";

/** The switches, and under them the text that they make. */
function Merging({ before = FIRST, after = SECOND }: { readonly before?: string; readonly after?: string }) {
  const [taken, setTaken] = useState<Taken>(new Set());
  const [text, setText] = useState(before);
  const change = (next: Taken, made: string): void => {
    setTaken(next);
    setText(made);
  };
  return (
    <>
      <MergeTexts before={before} after={after} language="en" taken={taken} onChange={change} />
      <output>{text}</output>
    </>
  );
}

const made = () => page.getByRole("status");
const button = (name: string) => page.getByRole("button", { name });

it("switches one difference by a click, and back", async () => {
  await render(<Merging />);
  await page.getByTitle("Now “green”; press for “marine”").click();
  await expect.element(made()).toHaveTextContent("A marine iguana on a rock.");
  await page.getByTitle("Now “marine”; press for “green”").click();
  await expect.element(made()).toHaveTextContent(FIRST);
});

it("is walked through with Tab and switched with Enter", async () => {
  await render(<Merging />);
  await userEvent.keyboard("{Tab}");
  await expect.element(page.getByTitle("Now “green”; press for “marine”")).toHaveFocus();
  await userEvent.keyboard("{Tab}");
  await expect.element(page.getByTitle("Now “nothing”; press for “wet”")).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  await expect.element(made()).toHaveTextContent("A green iguana on a wet rock.");
  await expect.element(page.getByTitle("Now “wet”; press for “nothing”")).toHaveFocus();
});

it("takes all from the one or from the other", async () => {
  await render(<Merging />);
  await button("All from the second").click();
  await expect.element(made()).toHaveTextContent(SECOND);
  await button("All from the first").click();
  await expect.element(made()).toHaveTextContent(FIRST);
});

it("offers to take all only where there are several differences", async () => {
  await render(<Merging before="A green iguana" after="A marine iguana" />);
  await expect.element(page.getByTitle("Now “green”; press for “marine”")).toBeVisible();
  await expect.element(button("All from the second")).not.toBeInTheDocument();
});

it("is accessible, and no wider than a phone", async () => {
  await render(<Merging before={`${FIRST} `.repeat(8)} after={`${SECOND} `.repeat(8)} />);
  expect(await violations()).toEqual([]);
  expect(await tooWideOnAPhone()).toBe(0);
});
