/** Who takes the pieces of an archive. */
import { readArchiveImport, refreshArchiveImport, sendArchivePiece } from "../api/archives";
import type { Receiver } from "../imports/uploads";

export const ARCHIVES: Receiver = {
  send: sendArchivePiece,
  read: readArchiveImport,
  refresh: refreshArchiveImport,
};
