import { expect, test } from "vitest";

import { createKept } from "../../src/ui/kept";

const DAY = 24 * 3600 * 1000;

function storage(room = Infinity): Storage {
  const items: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => items[key] ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new Error("QuotaExceededError");
      items[key] = value;
    },
    removeItem: (key: string) => {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- as a Storage does
      delete items[key];
    },
  };
  return new Proxy(methods, {
    ownKeys: () => Object.keys(items),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  }) as unknown as Storage;
}

test("what was typed is there after a reload, until it was given", () => {
  const browser = storage();
  createKept(browser).keep("fix.1", { text: "A red", comment: "" });
  expect(createKept(browser).read("fix.1", { text: "", comment: "" })).toEqual({
    text: "A red",
    comment: "",
  });
  expect(createKept(browser).read("fix.2", "")).toBeUndefined();
  createKept(browser).forget("fix.1");
  expect(createKept(browser).read("fix.1", { text: "", comment: "" })).toBeUndefined();
});

test("what an older program kept in another shape is not taken", () => {
  const kept = createKept(storage());
  kept.keep("fix.1", "A red car.");
  expect(kept.read("fix.1", { text: "" })).toBeUndefined();
  kept.keep("fix.1", { text: 3 });
  expect(kept.read("fix.1", { text: "" })).toBeUndefined();
  kept.keep("fix.1", ["a"]);
  expect(kept.read("fix.1", { text: "" })).toBeUndefined();
  expect(kept.read("fix.1", [])).toEqual(["a"]);
});

test("without room in the browser it is kept while the page is open, and nothing older comes back", () => {
  const browser = storage(60);
  const kept = createKept(browser);
  kept.keep("fix.1", "short");
  kept.keep("fix.1", "long ".repeat(30));
  expect(kept.read("fix.1", "")).toBe("long ".repeat(30));
  expect(createKept(browser).read("fix.1", "")).toBeUndefined();
  const alone = createKept(null);
  alone.keep("fix.1", "short");
  expect(alone.read("fix.1", "")).toBe("short");
});

test("after a month it is let go", () => {
  const browser = storage();
  createKept(browser, () => 0).keep("old", "words");
  createKept(browser, () => 20 * DAY).keep("new", "words");
  const later = createKept(browser, () => 40 * DAY);
  expect([later.read("old", ""), later.read("new", "")]).toEqual([undefined, "words"]);
});
