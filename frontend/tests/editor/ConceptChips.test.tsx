/** Concepts: what became of each phrase is said, and why it was dropped is told with one key each. */
import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";

import type { Bench } from "../../src/editor/bench";
import { ConceptChips } from "../../src/editor/ConceptChips";
import { memoryDevice } from "../../src/editor/device";
import { focusConcepts } from "../../src/editor/focus";
import { tooWideOnAPhone, violations } from "../looks";

import { opened } from "./opened";
import { Rules, task } from "./rules";

async function drawn(phrases: readonly string[], text: string): Promise<Bench> {
  const rules = new Rules(0);
  const words = phrases.join(", ");
  rules.tasks.set(1, task(1, { state: "pending", alt_texts: [words], phrases: [...phrases] }));
  const bench = await opened(rules, memoryDevice());
  bench.type(text);
  await render(
    <>
      <ConceptChips bench={bench} onDone={() => document.querySelector("textarea")?.focus()} />
      <textarea aria-label="Caption" />
    </>,
  );
  return bench;
}

const IGUANA = ["green iguana", "Costa Rica", "2019"];
const WRITTEN = "A green iguana on a branch";
const chip = (name: string) => page.getByRole("button", { name, exact: true });

it("says of each phrase whether the caption has it, as one types", async () => {
  const bench = await drawn(IGUANA, WRITTEN);
  await expect.element(chip("green iguana kept")).toBeVisible();
  await expect.element(chip("Costa Rica dropped – why?")).toBeVisible();
  await expect.element(page.getByText("1 of 3 kept")).toBeVisible();
  bench.type(`${WRITTEN}, Costa Rica`);
  await expect.element(chip("Costa Rica kept")).toBeVisible();
  await expect.element(page.getByText("2 of 3 kept")).toBeVisible();
});

it("goes from one dropped phrase to the next with one key each, and then back to the text", async () => {
  const bench = await drawn(IGUANA, WRITTEN);
  await expect.element(chip("2019 dropped – why?")).toBeVisible();
  focusConcepts();
  await expect.element(chip("Costa Rica dropped – why?")).toHaveFocus();
  await expect.element(page.getByText("“Costa Rica” is")).toBeVisible();
  await userEvent.keyboard("n");
  await expect.element(chip("Costa Rica not in the image")).toBeVisible();
  await expect.element(chip("2019 dropped – why?")).toHaveFocus();
  await userEvent.keyboard("u");
  await expect.element(chip("2019 unsure")).toBeVisible();
  await expect.element(page.getByRole("textbox", { name: "Caption" })).toHaveFocus();
  expect(bench.state.get().decisions).toEqual({
    "Costa Rica": { outcome: "dropped", reason: "not_in_image" },
    "2019": { outcome: "dropped", reason: "unsure" },
  });
});

it("takes a decision back when the same is said again", async () => {
  const bench = await drawn(IGUANA, WRITTEN);
  await chip("2019 dropped – why?").click();
  await page.getByRole("button", { name: "wrong W" }).click();
  await chip("2019 wrong").click();
  await expect.element(page.getByRole("button", { name: "wrong W" })).toHaveAttribute("aria-pressed", "true");
  await userEvent.keyboard("w");
  await expect.element(chip("2019 dropped – why?")).toBeVisible();
  expect(bench.state.get().decisions).toEqual({});
});

it("lets a kept phrase be kept on trust, and offers it no reason to be dropped", async () => {
  await drawn(IGUANA, WRITTEN);
  await chip("green iguana kept").click();
  await expect.element(page.getByRole("button", { name: "wrong W" })).not.toBeInTheDocument();
  await userEvent.keyboard("w");
  await expect.element(chip("green iguana kept")).toBeVisible();
  await userEvent.keyboard("t");
  await expect.element(chip("green iguana kept on trust")).toBeVisible();
});

it("leaves keys with Ctrl or Alt to the screen", async () => {
  const bench = await drawn(IGUANA, WRITTEN);
  await chip("2019 dropped – why?").click();
  await userEvent.keyboard("{Alt>}u{/Alt}");
  expect(bench.state.get().decisions).toEqual({});
});

it("shows the first forty phrases of a page of them, and the others on request", async () => {
  await drawn(
    Array.from({ length: 50 }, (_, number) => `phrase ${number}`),
    "Nothing of it",
  );
  const chips = page.getByRole("listitem");
  await expect.element(chips.nth(40)).toHaveTextContent("10 more");
  await page.getByRole("button", { name: "10 more" }).click();
  await expect.poll(() => chips.elements().length).toBe(50);
});

it("is accessible, and no wider than a phone", async () => {
  await drawn([...IGUANA, "the long and winding road to the harbour of a small fishing village"], WRITTEN);
  await chip("2019 dropped – why?").click();
  expect(await violations()).toEqual([]);
  expect(await tooWideOnAPhone()).toBe(0);
});
