/** What an export consists of, to download: all of it as one file, or one by one, with each one's checksum. */
import type { ReactNode } from "react";

import type { Export } from "../api/exports";
import { bytes } from "../i18n/format";
import { t } from "../i18n/translate";

type File = Export["files"][number];

// A large export has hundreds of shards.
const SHOWN = 5;

export function ExportFiles({ made }: { readonly made: Export }) {
  if (made.files.length === 0) return null;
  const total = made.files.reduce((sum, file) => sum + file.bytes + (file.listed_bytes ?? 0), 0);
  const more = made.files.slice(SHOWN);
  return (
    <div className="small">
      <a href={`/api/v1/exports/${made.id}/tar/`} download>
        {t("exports.everything")}
      </a>{" "}
      <span className="muted">{bytes(total)}</span>
      <Files files={made.files.slice(0, SHOWN)}>
        <li>
          <a href={`/api/v1/exports/${made.id}/files/_manifest.json`} download>
            _manifest.json
          </a>{" "}
          <Checksum sha256={made.manifest_sha256} />
        </li>
      </Files>
      {more.length > 0 && (
        <details>
          <summary>{t("exports.moreFiles", { count: more.length })}</summary>
          <Files files={more} />
        </details>
      )}
    </div>
  );
}

interface FilesProps {
  readonly files: readonly File[];
  readonly children?: ReactNode;
}

function Files({ files, children }: FilesProps) {
  return (
    <ul>
      {files.map((file) => (
        <li key={file.name}>
          <a href={file.url} download>
            {file.name}
          </a>{" "}
          <span className="muted">
            {bytes(file.bytes)} · <Checksum sha256={file.sha256} />
            {file.listed_files !== null && (
              <>
                {" · "}
                {t("exports.pictures", {
                  count: file.listed_files,
                  size: bytes(file.listed_bytes ?? 0),
                })}
              </>
            )}
          </span>
        </li>
      ))}
      {children}
    </ul>
  );
}

function Checksum({ sha256 }: { readonly sha256: string }) {
  return (
    <code className="muted" title={sha256}>
      {sha256.slice(0, 12)}
    </code>
  );
}
