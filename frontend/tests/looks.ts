/** How a component looks: what axe finds in both themes, and whether anything runs out of a phone's width. */
import axe from "axe-core";
import { page } from "vitest/browser";

/** Rules that axe leaves out by itself: names that lack a control's own words, small targets. */
const LEFT_OUT_BY_ITSELF = ["label-content-name-mismatch", "target-size"];
/** Of whole pages: a component has no landmarks. */
const OF_PAGES = ["region", "landmark-one-main", "page-has-heading-one"];

/** Each as theme, rule and place. */
export async function violations(): Promise<string[]> {
  const rules: axe.RuleObject = {};
  for (const rule of LEFT_OUT_BY_ITSELF) rules[rule] = { enabled: true };
  for (const rule of OF_PAGES) rules[rule] = { enabled: false };
  const all: string[] = [];
  for (const theme of ["light", "dark"]) {
    document.documentElement.dataset.theme = theme;
    const found = await axe.run(document.body, { rules });
    all.push(
      ...found.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${theme}: ${id}: ${target.join(" ")}`),
      ),
    );
  }
  document.documentElement.dataset.theme = "light";
  return all;
}

/** How many pixels run out of a phone's width. */
export async function tooWideOnAPhone(): Promise<number> {
  await page.viewport(360, 740);
  return document.documentElement.scrollWidth - 360;
}
