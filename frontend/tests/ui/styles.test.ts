/** Sizes and gaps come from the tokens of base.css, so that screens look alike. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

const SRC = new URL("../../src/", import.meta.url).pathname;
const STYLES = readdirSync(SRC, { recursive: true, encoding: "utf-8" }).filter((name) =>
  name.endsWith(".css"),
);
/** The root's own size is what the tokens are measured in. */
const ROOT_SIZE = "font-size: 14px;";

describe("styles", () => {
  it("are all read", () => {
    expect(STYLES.length).toBeGreaterThan(10);
  });

  it.each(STYLES)("%s takes sizes of text and gaps from the tokens", (name) => {
    const text = readFileSync(join(SRC, name), "utf-8").replace(ROOT_SIZE, "");
    const own = [...text.matchAll(/^\s+(?:font-size|(?:row-|column-)?gap): [^;]*\d(?:rem|px)[^;]*;/gm)];
    expect(own.map(([line]) => line.trim())).toEqual([]);
  });
});
