/** Who takes the pieces of an archive. */
import { readArchiveImport, refreshArchiveImport, sendArchivePiece } from "../api/archives";
import type { Receiver } from "../uploads/uploads";

export const ARCHIVES: Receiver = {
  takes: "archive-import",
  send: sendArchivePiece,
  read: readArchiveImport,
  refresh: refreshArchiveImport,
};
