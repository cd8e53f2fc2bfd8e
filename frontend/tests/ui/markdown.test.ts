/** Guidelines are shown whatever is in them. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import Markdown from "../../src/ui/Markdown";

const shown = (text: string): string => renderToStaticMarkup(createElement(Markdown, { text }));

it.each([
  ["quotes in quotes", "> ".repeat(50_000)],
  ["numbered lists in lists", "1. ".repeat(33_000)],
  ["quotes and lists in turns", "> - ".repeat(25_000)],
  ["quotes that the lexer still takes", `${"> ".repeat(100)}a`],
  ["examples in examples", "> [!GOOD] ".repeat(100)],
  ["lists in lists", Array.from({ length: 100 }, (_, depth) => `${" ".repeat(2 * depth)}- a\n`).join("")],
  ["emphasis that never ends", "**a".repeat(33_000)],
])("shows %s as they were typed", (_, text) => {
  const plain = text.replaceAll("&", "&amp;").replaceAll(">", "&gt;");
  expect(shown(text)).toBe(`<div class="markdown" dir="auto"><pre>${plain}</pre></div>`);
});

it("shows what people write", () => {
  expect(shown("> - a\n>   - **b**\n\n> [!GOOD] c")).toContain("<strong>b</strong>");
  expect(shown("# A\n\n<script>alert(1)</script>\n\n[b](javascript:alert(1))")).not.toMatch(/<script|<a /);
});
