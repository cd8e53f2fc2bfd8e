/** What is uploaded, byte by byte: a file of this computer, or many of them packed into one on the way. */
import { makeZip, predictLength } from "client-zip";

import { t } from "../i18n/translate";

/** A `File` is one. */
export interface Source {
  readonly name: string;
  readonly size: number;
  readonly slice: (start: number, end: number) => Blob | Promise<Blob>;
}

/** A file with its place in the folder that was chosen: `holiday/day 1/boat.jpg`. */
export interface Picked {
  readonly path: string;
  readonly file: File;
}

/** Whether the file is one of those that a computer keeps for itself: nobody means to bring them in. */
export function isHidden({ path }: Picked): boolean {
  return path
    .split("/")
    .some((part) => part.startsWith(".") || part === "__MACOSX" || OF_THE_SYSTEM.has(part));
}

const OF_THE_SYSTEM: ReadonlySet<string> = new Set(["Thumbs.db", "desktop.ini"]);

/** One file as it is; several, or a lone picture, as a zip. Null when there is none. */
export function sourceOf(picked: readonly Picked[]): Source | null {
  const [first, ...others] = picked;
  if (first === undefined) return null;
  if (others.length === 0 && !first.path.includes("/") && !first.file.type.startsWith("image/"))
    return first.file;
  return packed(packName(picked), picked);
}

/** holiday.zip for what lies in one folder. */
function packName(picked: readonly Picked[]): string {
  const [folder, ...others] = new Set(picked.map(({ path }) => /^([^/]+)\//.exec(path)?.[1] ?? ""));
  return folder !== undefined && folder !== "" && others.length === 0
    ? `${folder}.zip`
    : `pictures-${picked.length}.zip`;
}

/**
 * The files as one zip that is never whole anywhere: its bytes are made as they are asked for, nothing is compressed (pictures
 * are already), and of all of it one piece is held in memory. The same files give the same bytes, so an upload that was broken
 * off goes on with them, also after the page was loaded again.
 */
export function packed(name: string, picked: readonly Picked[]): Source {
  const files = named(picked);
  let reading = "";
  let reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  /** Bytes that were read and not yet asked for; the first one's place in the zip. */
  let rest = new Uint8Array();
  let at = 0;

  function* entries() {
    for (const { path, file } of files) {
      reading = path;
      yield { name: path, input: file, lastModified: file.lastModified };
    }
  }

  const begin = () => {
    rest = new Uint8Array();
    at = 0;
    return makeZip(entries()).getReader();
  };

  async function next(): Promise<Uint8Array<ArrayBuffer>> {
    reader ??= begin();
    try {
      const { done, value } = await reader.read();
      if (done) throw new Error("shorter than it was");
      return value as Uint8Array<ArrayBuffer>;
    } catch (error) {
      reader = null;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(t("imports.fileUnreadable", { name: reading, reason }));
    }
  }

  /** Reads on until there are so many bytes, handing them to `keep` as they come. */
  async function read(count: number, keep: (part: Uint8Array<ArrayBuffer>) => void): Promise<void> {
    for (let left = count; left > 0;) {
      if (rest.length === 0) rest = await next();
      const part = rest.subarray(0, left);
      rest = rest.subarray(part.length);
      at += part.length;
      left -= part.length;
      keep(part);
    }
  }

  const size = Number(predictLength(files.map(({ path, file }) => ({ name: path, size: file.size }))));
  let last: { start: number; end: number; piece: Blob } | null = null;
  return {
    name,
    size,
    slice: async (start, wanted) => {
      const end = Math.min(wanted, size);
      if (last?.start === start && last.end === end) return last.piece;
      if (start < at) {
        // It hands on what it was cancelled for, as an error.
        await reader?.cancel().catch(() => undefined);
        reader = null;
      }
      reader ??= begin();
      await read(start - at, () => undefined);
      const parts: Uint8Array<ArrayBuffer>[] = [];
      await read(end - start, (part) => parts.push(part));
      last = { start, end, piece: new Blob(parts) };
      return last.piece;
    },
  };
}

/** In an order that does not depend on how they were chosen; of two with the same place the second gets a number. */
function named(picked: readonly Picked[]): Picked[] {
  const seen = new Map<string, number>();
  return [...picked]
    .sort((one, other) => compare(one, other))
    .map(({ path, file }) => {
      const count = (seen.get(path) ?? 0) + 1;
      seen.set(path, count);
      return { path: count === 1 ? path : path.replace(/(\.[^./]*)?$/, ` (${count})$1`), file };
    });
}

function compare(one: Picked, other: Picked): number {
  if (one.path !== other.path) return one.path < other.path ? -1 : 1;
  return one.file.size - other.file.size || one.file.lastModified - other.file.lastModified;
}
