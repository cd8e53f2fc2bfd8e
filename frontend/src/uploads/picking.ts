/** The files that somebody chose in a dialog or dropped on the page, with their places in the folders they came with. */
import type { Picked } from "./source";

/** Of an <input type="file">, which gives a folder's files with their paths. */
export function chosen(files: FileList | null): Picked[] {
  return [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** Whether files are being dragged, and not a text or a link. */
export function hasFiles(data: DataTransfer): boolean {
  return data.types.includes("Files");
}

/**
 * Everything that was dropped, folders with all that is in them. To be called while the drop is handled: the browser forgets
 * what was dropped after that. `tell` hears how many files were found so far.
 */
export async function dropped(data: DataTransfer, tell: (count: number) => void): Promise<Picked[]> {
  const found: Picked[] = [];
  const folders: FileSystemDirectoryEntry[] = [];
  const entries: FileSystemEntry[] = [];
  for (const item of data.items) {
    // A file that a program put there has no entry.
    const entry = item.webkitGetAsEntry();
    const file = entry === null ? item.getAsFile() : null;
    if (entry !== null) entries.push(entry);
    if (file !== null) found.push({ path: file.name, file });
  }
  const take = async (entry: FileSystemEntry): Promise<void> => {
    if (isFolder(entry)) folders.push(entry);
    else if (isFile(entry))
      found.push({ path: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry) });
  };
  for (const entry of entries) await take(entry);
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const reader = folder.createReader();
    // It gives a hundred at a time, and none when it has given all.
    for (let some = await read(reader); some.length > 0; some = await read(reader)) {
      for (const entry of some) await take(entry);
      tell(found.length);
    }
  }
  return found;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function read(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}
