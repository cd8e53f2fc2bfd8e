/** Many files as one zip: read by another program, the same bytes each time, from any place on, little of it in memory. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { isHidden, packed, type Picked, type Source, sourceOf } from "../../src/uploads/source";

const MIB = 1024 * 1024;

function file(path: string, content: string | Uint8Array<ArrayBuffer>, type = ""): Picked {
  return {
    path,
    file: new File([content], path.split("/").at(-1) ?? "", { type, lastModified: 1_700_000_000_000 }),
  };
}

/** Bytes that tell where they are from. */
function counted(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8)) % 256);
}

async function bytesOf(source: Source, start = 0, end = source.size, step = 1000): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let at = start; at < end; at += step) {
    parts.push(Buffer.from(await (await source.slice(at, Math.min(at + step, end))).arrayBuffer()));
  }
  return Buffer.concat(parts);
}

const FILES = [
  file("trip/b.jpg", counted(70_000)),
  file("trip/day 1/ünï.txt", "ein Boot"),
  file("trip/a.jpg", counted(3)),
  file("trip/empty.txt", ""),
];

describe("files that are packed", () => {
  test("are what another program finds in them, in the order of their names", async () => {
    const source = packed("trip.zip", FILES);
    const path = join(mkdtempSync(join(tmpdir(), "packed-")), "trip.zip");
    const whole = await bytesOf(source);
    expect(whole.length).toBe(source.size);
    writeFileSync(path, whole);
    const read =
      "import json,sys,zipfile,hashlib; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; " +
      "print(json.dumps([[i.filename, i.file_size] for i in z.infolist()]))";
    expect(JSON.parse(execFileSync("python3", ["-c", read, path], { encoding: "utf8" }))).toEqual([
      ["trip/a.jpg", 3],
      ["trip/b.jpg", 70_000],
      ["trip/day 1/ünï.txt", 8],
      ["trip/empty.txt", 0],
    ]);
  });

  test("are the same bytes however they were chosen and from whatever place they are asked for", async () => {
    const whole = await bytesOf(packed("trip.zip", FILES));
    expect(await bytesOf(packed("trip.zip", [...FILES].reverse()), 0, whole.length, 4_096)).toEqual(whole);
    const source = packed("trip.zip", FILES);
    for (const [start, end] of [
      [100, 200],
      [100, 200],
      [150, 400],
      [60_000, 60_001],
      [0, 10],
    ] as const) {
      const piece = await source.slice(start, end);
      expect(Buffer.from(await piece.arrayBuffer())).toEqual(whole.subarray(start, end));
    }
  });

  test("are read once, as they are sent, however often the last piece is asked for again", async () => {
    let opened = 0;
    const many = Array.from({ length: 20 }, (_, index) => {
      const one = file(`${index}.jpg`, counted(MIB / 4));
      const read = one.file.stream.bind(one.file);
      one.file.stream = () => {
        opened += 1;
        return read();
      };
      return one;
    });
    const source = packed("many.zip", many);
    await source.slice(0, 2 * MIB);
    await source.slice(0, 2 * MIB);
    expect(opened).toBeLessThanOrEqual(9);
    await bytesOf(source, 2 * MIB, source.size, 2 * MIB);
    expect(opened).toBe(20);
  });

  test("keep both of two with the same name", async () => {
    const twice = [file("a.jpg", "one"), file("a.jpg", "longer"), file("notes", "x"), file("notes", "yy")];
    const whole = (await bytesOf(packed("p.zip", twice))).toString("latin1");
    for (const name of ["a.jpg", "a (2).jpg", "notes", "notes (2)"]) expect(whole).toContain(name);
  });

  test("name the one that cannot be read any more", async () => {
    const gone = file("trip/b.jpg", "x");
    gone.file.stream = () =>
      new ReadableStream({ start: (controller) => controller.error(new Error("it was changed")) });
    const source = packed("trip.zip", [file("trip/a.jpg", "1"), gone]);
    await expect(source.slice(0, source.size)).rejects.toThrow("trip/b.jpg cannot be read (it was changed)");
  });
});

test("what is sent has a name that its choice gives it", () => {
  const csv = file("rows.csv", "a,b", "text/csv");
  expect(sourceOf([])).toBeNull();
  expect(sourceOf([csv])).toBe(csv.file);
  expect(sourceOf([file("boat.jpg", "x", "image/jpeg")])?.name).toBe("pictures-1.zip");
  expect(sourceOf(FILES)?.name).toBe("trip.zip");
  expect(sourceOf([...FILES, csv])?.name).toBe("pictures-5.zip");
  expect(sourceOf([file("trip/rows.csv", "a,b", "text/csv")])?.name).toBe("trip.zip");
});

test("files that a computer keeps for itself are told apart", () => {
  const paths = [
    "a/.DS_Store",
    "Thumbs.db",
    "__MACOSX/a.jpg",
    ".git/x",
    "a/desktop.ini",
    "a/b.c.jpg",
    "…/a.jpg",
  ];
  expect(paths.filter((path) => isHidden(file(path, "")))).toEqual(paths.slice(0, 5));
});
