/** Addresses in guidelines and comments. */
import { expect, it } from "vitest";

import { safeAddress } from "../../src/ui/safe_address";

it("lets web, mail and relative addresses through", () => {
  for (const address of [
    "https://example.org/a.png",
    "http://example.org",
    "mailto:a@example.org",
    "/media/a.png",
    "#x",
  ]) {
    expect(safeAddress(address)).toBe(address);
  }
});

it("refuses whatever runs or is unreadable", () => {
  for (const address of [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "blob:https://example.org/x",
    "http://[",
  ]) {
    expect(safeAddress(address)).toBeNull();
  }
});
