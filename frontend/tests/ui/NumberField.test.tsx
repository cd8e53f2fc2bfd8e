/** A number with its label and hint; an empty field is no number, and not zero. */
import { useState } from "react";
import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";

import { NumberField } from "../../src/ui/NumberField";
import { violations } from "../looks";

function Counting() {
  const [value, setValue] = useState(3);
  return (
    <>
      <NumberField
        label="People per image"
        hint="Each writes a caption."
        value={value}
        min={1}
        max={9}
        onChange={setValue}
      />
      <output>{String(value)}</output>
    </>
  );
}

const field = () => page.getByRole("spinbutton", { name: "People per image" });

it("is found by its label, is described by its hint, and goes up and down by the arrow keys", async () => {
  await render(<Counting />);
  await expect.element(field()).toHaveAccessibleDescription("Each writes a caption.");
  await field().click();
  await userEvent.keyboard("{ArrowUp}");
  await expect.element(page.getByRole("status")).toHaveTextContent("4");
  expect(await violations()).toEqual([]);
});

it("is no number while it is empty, and can be typed into again", async () => {
  await render(<Counting />);
  await field().clear();
  await expect.element(page.getByRole("status")).toHaveTextContent("NaN");
  await expect.element(field()).toHaveValue(null);
  await expect.element(field()).toBeInvalid();
  await userEvent.keyboard("12");
  await expect.element(page.getByRole("status")).toHaveTextContent("12");
  await expect.element(field()).toBeInvalid();
});
