/** The difference under the caption: live, from the base that is chosen, to be put back change by change. */
import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";

import type { Task } from "../../src/api/tasks";
import type { Bench } from "../../src/editor/bench";
import { memoryDevice } from "../../src/editor/device";
import { DifferencePane } from "../../src/editor/DifferencePane";
import { TextField } from "../../src/editor/TextField";
import { tooWideOnAPhone, violations } from "../looks";

import { opened } from "./opened";
import { Rules, task } from "./rules";

const START = "Green iguana in Costa Rica, 2019";

async function drawn(text: string, extra: Partial<Task> = {}): Promise<Bench> {
  const rules = new Rules(0);
  const words = { starting_text: START, alt_texts: [START], working_copy: { text: START, version: 0 } };
  rules.tasks.set(1, task(1, { state: "pending", ...words, ...extra }));
  const bench = await opened(rules, memoryDevice());
  await render(
    <>
      <TextField bench={bench} limit={2000} />
      <DifferencePane bench={bench} />
    </>,
  );
  bench.type(text);
  return bench;
}

const caption = () => page.getByRole("textbox", { name: "Caption" });
const button = (name: string | RegExp) => page.getByRole("button", { name });

/** As one line: [-removed-] and {+added+}. */
function shown(): string {
  const pieces = [...(document.querySelector(".difference")?.children ?? [])];
  const marks: Readonly<Record<string, readonly [string, string]>> = { INS: ["{+", "+}"], DEL: ["[-", "-]"] };
  return pieces.map(({ tagName, textContent }) => (marks[tagName] ?? ["", ""]).join(textContent)).join("");
}

it("shows what was taken out and put in, as one types", async () => {
  await drawn(START);
  await expect.poll(shown).toBe(START);
  await caption().fill("A green iguana in a tree, Costa Rica");
  await expect.poll(shown).toBe("[-Green-]{+A green+} iguana in {+a tree, +}Costa Rica[-, 2019-]");
  await expect.element(page.getByRole("heading", { name: "Difference" })).toHaveTextContent(/\d/);
});

it("puts a chosen change back as if it were typed: the browser's own undo takes it back", async () => {
  await drawn(START);
  await caption().fill("Blue iguana in Peru, 2019");
  await button(/^Next change/).click();
  await button(/^Put back/).click();
  await expect.element(caption()).toHaveValue("Green iguana in Peru, 2019");
  await caption().click();
  await userEvent.keyboard("{Control>}z{/Control}");
  await expect.element(caption()).toHaveValue("Blue iguana in Peru, 2019");
});

it("has nothing to choose when nothing has changed", async () => {
  await drawn(START);
  await expect.poll(shown).toBe(START);
  await expect.element(button(/^Next change/)).not.toBeInTheDocument();
});

it("compares with another source on request, and asks nothing where there is one only", async () => {
  await drawn(START);
  await expect.poll(shown).toBe(START);
  await expect.element(page.getByRole("combobox")).not.toBeInTheDocument();
});

it("compares with the draft", async () => {
  const draft = { run: "run 3", text: "An iguana", pieces: ["An iguana"] };
  await drawn("An iguana in a tree", { draft });
  await page.getByRole("combobox", { name: "Compare with" }).selectOptions("from the draft");
  await expect.poll(shown).toBe("An iguana{+ in a tree+}");
});

it("tells where each word comes from", async () => {
  await drawn("Green iguana in a tree");
  await expect.element(button(/^Origins/)).toHaveAttribute("aria-pressed", "false");
  await button(/^Origins/).click();
  await expect.element(page.getByRole("heading", { name: "Where the words come from" })).toBeVisible();
  await expect.element(page.getByTitle("mine").first()).toHaveTextContent("a tree");
  await button(/^Origins/).click();
  await expect.element(page.getByRole("heading", { name: "Difference" })).toBeVisible();
});

it.each(["Difference", "Where the words come from"])("is accessible, and fits a phone: %s", async (title) => {
  const draft = { run: "run 3", text: "An iguana", pieces: ["An iguana"] };
  await drawn(`A green iguana ${"in a tree ".repeat(30)}`, { draft });
  if (title !== "Difference") await button(/^Origins/).click();
  await expect.element(page.getByRole("heading", { name: title })).toBeVisible();
  expect(await violations()).toEqual([]);
  expect(await tooWideOnAPhone()).toBe(0);
});
