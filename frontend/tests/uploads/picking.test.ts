/** What was dropped: files, folders with all that is in them however deep, and what a program put there. */
import { expect, test } from "vitest";

import { chosen, dropped } from "../../src/uploads/picking";

function fileEntry(path: string): FileSystemEntry {
  const name = path.split("/").at(-1) ?? "";
  return {
    isFile: true,
    isDirectory: false,
    fullPath: path,
    file: (take: (file: File) => void) => take(new File(["x"], name)),
  } as unknown as FileSystemEntry;
}

/** Gives a hundred at a time, as Chromium does. */
function folderEntry(path: string, children: FileSystemEntry[]): FileSystemEntry {
  let given = 0;
  const readEntries = (take: (entries: FileSystemEntry[]) => void) =>
    take(children.slice(given, (given += 100)));
  return {
    isFile: false,
    isDirectory: true,
    fullPath: path,
    createReader: () => ({ readEntries }),
  } as unknown as FileSystemEntry;
}

function drop(...entries: (FileSystemEntry | File)[]): DataTransfer {
  const items = entries.map((entry) => ({
    webkitGetAsEntry: () => (entry instanceof File ? null : entry),
    getAsFile: () => (entry instanceof File ? entry : null),
  }));
  return { types: ["Files"], items } as unknown as DataTransfer;
}

test("a folder gives everything in it, with its place", async () => {
  const inner = folderEntry(
    "/trip/day 1",
    Array.from({ length: 250 }, (_, index) => fileEntry(`/trip/day 1/${index}.jpg`)),
  );
  const told: number[] = [];
  const found = await dropped(
    drop(
      folderEntry("/trip", [fileEntry("/trip/rows.csv"), inner]),
      fileEntry("/boat.jpg"),
      new File([], "made.png"),
    ),
    (count) => told.push(count),
  );
  expect(found.length).toBe(253);
  expect(found.slice(0, 4).map(({ path }) => path)).toEqual([
    "made.png",
    "boat.jpg",
    "trip/rows.csv",
    "trip/day 1/0.jpg",
  ]);
  expect(told.at(-1)).toBe(253);
});

test("a folder that is chosen gives its files with their paths", () => {
  const inFolder = Object.assign(new File([], "a.jpg"), { webkitRelativePath: "trip/a.jpg" });
  const files = [inFolder, new File([], "b.jpg")] as unknown as FileList;
  expect(chosen(files).map(({ path }) => path)).toEqual(["trip/a.jpg", "b.jpg"]);
  expect(chosen(null)).toEqual([]);
});
