/** A draft: its words in their order, and those shaded that its model was unsure of. */
import { expect, it } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";

import { DraftText } from "../../src/editor/DraftText";
import { violations } from "../looks";

it("marks what the captioner was unsure of, and nothing else", async () => {
  const pieces = ["A green ", "marine iguana", " on a rock in ", "Galápagos", ""];
  const draft = { run: "run 3", text: pieces.join(""), pieces };
  await render(
    <p data-testid="draft">
      <DraftText draft={draft} />
    </p>,
  );
  await expect.element(page.getByTestId("draft")).toHaveTextContent(draft.text);
  const unsure = page.getByTitle("The captioner was unsure of this").elements();
  expect(unsure.map(({ textContent }) => textContent)).toEqual(["marine iguana", "Galápagos"]);
  expect(await violations()).toEqual([]);
});
