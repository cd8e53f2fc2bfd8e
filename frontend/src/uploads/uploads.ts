/**
 * Files on their way to the server, piece by piece. An upload goes on while other screens are shown; a piece that got lost
 * is sent again, and what was broken off goes on where the server says, also after the page was loaded anew.
 */
import { type Import, readImport, refreshImport, sendPiece } from "../api/imports";
import { Problem } from "../api/problem";
import { createStore } from "../ui/store";

import type { Source } from "./source";

const PIECE_BYTES = 2 * 1024 * 1024;
const PATIENCE = 8;
const WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

export interface Upload {
  readonly sent: number;
  readonly total: number;
  readonly startedAt: number;
  readonly sentBefore: number;
  /** What ended it; null while it goes on. */
  readonly error: Error | null;
}

/** What is uploaded: an import, or an archive. */
export type Incoming = Pick<Import, "id" | "file_name" | "byte_count" | "received">;

/** Who takes the pieces. */
export interface Receiver {
  readonly send: (id: number, at: number, piece: Blob) => Promise<Pick<Import, "received">>;
  readonly read: (id: number) => Promise<Pick<Import, "received">>;
  /** Have the screens ask anew, once the upload ended. */
  readonly refresh: (id: number) => Promise<void>;
}

const SERVER: Receiver = { send: sendPiece, read: readImport, refresh: refreshImport };

export const uploads = createStore<ReadonlyMap<number, Upload>>(new Map());

/** Sends the rest of it. Does nothing while that import's upload is under way. */
export async function upload(incoming: Incoming, source: Source, server = SERVER): Promise<void> {
  if (uploads.get().get(incoming.id)?.error === null) return;
  let at = incoming.received;
  set(incoming.id, { sent: at, sentBefore: at, total: source.size, startedAt: Date.now(), error: null });
  try {
    while (at < source.size) {
      at = await sendPatiently(server, incoming.id, at, source);
      progress(incoming.id, at);
    }
    uploads.change((all) => new Map([...all].filter(([id]) => id !== incoming.id)));
  } catch (error) {
    fail(incoming.id, error instanceof Error ? error : new Error(String(error)));
  }
  await server.refresh(incoming.id);
}

/** Whether it can be the one whose first part is on the server. */
export function continues(incoming: Incoming, source: Source): boolean {
  return source.name === incoming.file_name && source.size === incoming.byte_count;
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

function set(id: number, value: Upload): void {
  uploads.change((all) => new Map([...all, [id, value]]));
}

function progress(id: number, sent: number): void {
  const was = uploads.get().get(id);
  if (was !== undefined) set(id, { ...was, sent });
}

function fail(id: number, error: Error): void {
  const was = uploads.get().get(id);
  if (was !== undefined) set(id, { ...was, error });
}
