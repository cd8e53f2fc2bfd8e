/** What every component test's page has: the screens' styles, an empty storage, the light theme, a laptop's width. */
import "../src/ui/styles/base.css";
import "../src/ui/styles/kit.css";
import "../src/ui/styles/desk.css";
import "../src/editor/workbench.css";

import { beforeEach } from "vitest";
import { page } from "vitest/browser";

document.documentElement.lang = "en";

beforeEach(async () => {
  localStorage.clear();
  document.documentElement.dataset.theme = "light";
  await page.viewport(1280, 720);
});
