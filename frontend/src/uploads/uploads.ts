/**
 * Files on their way to the server, piece by piece. An upload goes on while other screens are shown; a piece that got lost
 * is sent again, and what was broken off goes on where the server says, also after the page was reloaded.
 */
import { type Import, readImport, refreshImport, sendPiece } from "../api/imports";
import { Problem } from "../api/problem";
import { createStore } from "../ui/store";

import type { Source } from "./source";

const PIECE_BYTES = 2 * 1024 * 1024;
const PATIENCE = 8;
const WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/** How far an upload is that this page sends. */
export interface Sending {
  readonly sent: number;
  readonly total: number;
  readonly startedAt: number;
  readonly sentBefore: number;
  /** What ended it; null while it goes on. */
  readonly error: Error | null;
}

/** What is uploaded: an import, or an archive that is brought in. */
export type Upload = Pick<Import, "id" | "file_name" | "byte_count" | "received">;

/** Who takes the pieces. */
export interface Receiver {
  /** What it takes: an import and an archive may have the same id. */
  readonly takes: "import" | "archive-import";
  readonly send: (id: number, at: number, piece: Blob) => Promise<Pick<Import, "received">>;
  readonly read: (id: number) => Promise<Pick<Import, "received">>;
  /** Have the screens ask again once the upload has ended. */
  readonly refresh: (id: number) => Promise<void>;
}

export const IMPORTS: Receiver = {
  takes: "import",
  send: sendPiece,
  read: readImport,
  refresh: refreshImport,
};

/** By the key of the upload. */
export const sendings = createStore<ReadonlyMap<string, Sending>>(new Map());

export function keyOf(upload: Upload, server: Receiver): string {
  return `${server.takes}-${upload.id}`;
}

/** Sends the rest of it. Does nothing while that upload is under way. */
export async function sendUpload(upload: Upload, source: Source, server = IMPORTS): Promise<void> {
  const key = keyOf(upload, server);
  if (sendings.get().get(key)?.error === null) return;
  let at = upload.received;
  set(key, { sent: at, sentBefore: at, total: source.size, startedAt: Date.now(), error: null });
  try {
    while (at < source.size) {
      at = await sendPatiently(server, upload.id, at, source);
      progress(key, at);
    }
    sendings.change((all) => new Map([...all].filter(([one]) => one !== key)));
  } catch (error) {
    fail(key, error instanceof Error ? error : new Error(String(error)));
  }
  await server.refresh(upload.id);
}

/** Whether it can be the one whose first part is on the server. */
export function continues(upload: Upload, source: Source): boolean {
  return source.name === upload.file_name && source.size === upload.byte_count;
}

/** Returns how many bytes are there afterwards. A lost connection is tried again, ever more slowly. */
async function sendPatiently(server: Receiver, id: number, at: number, source: Source): Promise<number> {
  // A file that cannot be read ends it at once: only the server is asked again.
  const piece = await source.slice(at, at + PIECE_BYTES);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return (await server.send(id, at, piece)).received;
    } catch (error) {
      if (error instanceof Problem && error.is("upload-out-of-step")) {
        return (await server.read(id)).received;
      }
      if (error instanceof Problem || attempt >= PATIENCE) throw error;
      await pause(Math.min(WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS));
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, milliseconds));
}

function set(key: string, value: Sending): void {
  sendings.change((all) => new Map([...all, [key, value]]));
}

function progress(key: string, sent: number): void {
  const was = sendings.get().get(key);
  if (was !== undefined) set(key, { ...was, sent });
}

function fail(key: string, error: Error): void {
  const was = sendings.get().get(key);
  if (was !== undefined) set(key, { ...was, error });
}
