/** The exports that an image is in, and the archives that have its picture: who has them must be told of a takedown. */
import { Link } from "wouter";

import type { ImageHistory } from "../api/images";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";

interface Props {
  readonly exports: ImageHistory["exports"];
  readonly archives: ImageHistory["archives"];
  readonly project: string;
}

export function WhoHasIt({ exports, archives, project }: Props) {
  return (
    <>
      {exports.length > 0 && (
        <div>
          <p>{t("images.tellThem")}</p>
          <ExportList exports={exports} />
        </div>
      )}
      {archives.length > 0 && (
        <div>
          <p>{t("images.removeThem")}</p>
          <ArchiveList archives={archives} linksTo={project} />
        </div>
      )}
    </>
  );
}

export function ExportList({ exports }: Pick<Props, "exports">) {
  return (
    <ul>
      {exports.map((made) => (
        <li key={made.id}>
          {t("round.name", { number: made.round })} · {made.format}
          {made.finished_at !== null && ` · ${moment(made.finished_at)}`}
        </li>
      ))}
    </ul>
  );
}

interface ArchivesProps extends Pick<Props, "archives"> {
  /** The project in whose console they are shown; null for who has no console. */
  readonly linksTo: string | null;
}

export function ArchiveList({ archives, linksTo }: ArchivesProps) {
  return (
    <ul>
      {archives.map(({ id, finished_at: finished }) => {
        const name = t("archives.numbered", { id });
        return (
          <li key={id}>
            {linksTo === null ? name : <Link href={`/projects/${linksTo}#archive-${id}`}>{name}</Link>} ·{" "}
            {finished === null ? t("exports.writing") : moment(finished)}
          </li>
        );
      })}
    </ul>
  );
}
