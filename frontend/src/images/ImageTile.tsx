/** One image of the grid: its thumbnail, the first alt-text, and what is special about it. */
import { Link } from "wouter";

import type { Image } from "../api/images";
import { t } from "../i18n/translate";
import { Picture } from "../ui/Picture";

interface Props {
  readonly slug: string;
  readonly image: Image;
  readonly note?: string;
}

export function ImageTile({ slug, image, note }: Props) {
  const [text] = image.alt_texts;
  return (
    <li>
      <Link href={`/projects/${slug}/images/${image.id}`} className="tile">
        {image.withdrawn_at === null ? (
          <Picture src={image.thumbnail_url} alt="" loading="lazy" width={160} height={120} />
        ) : (
          <span className="gone">{t("images.takenDown")}</span>
        )}
        <span className="text" dir="auto">
          {text === undefined || text === "" ? t("images.noText") : text}
        </span>
      </Link>
      <span className="row small">
        {note !== undefined && <span className="muted">{note}</span>}
        {image.split === "eval" && <span className="badge">{t("split.eval")}</span>}
        {image.has_duplicates && <span className="badge">{t("images.duplicate")}</span>}
      </span>
    </li>
  );
}
