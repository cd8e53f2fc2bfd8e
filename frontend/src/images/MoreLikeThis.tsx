/** The images that look most like one, and those of the other split that pass for it; where they are not embedded yet, an admin
 * can have that done. */
import { type Image, useSimilarImages } from "../api/images";
import type { Project } from "../api/projects";
import { percent } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { EmbedButton } from "./EmbedButton";
import { ImageTile } from "./ImageTile";

export function MoreLikeThis({ project, image }: { readonly project: Project; readonly image: Image }) {
  const similar = useSimilarImages(image.id);
  return (
    <section className="card">
      <h2>{t("images.similar")}</h2>
      {similar.isError && <Trouble error={similar.error} onRetry={() => void similar.refetch()} />}
      {similar.data?.embedded === false && (
        <div className="row">
          <span className="muted">{t("images.notEmbedded")}</span>
          {project.role === "admin" && <EmbedButton project={project.slug} />}
        </div>
      )}
      {similar.data?.embedded === true && similar.data.images.length === 0 && (
        <p className="muted">{t("images.nothingSimilar")}</p>
      )}
      {similar.data !== undefined && similar.data.other_split.length > 0 && (
        <div className="stack">
          <p className="note warn">{t(`images.otherSplit.${image.split}`)}</p>
          <ul className="image-grid" aria-label={t("images.otherSplit")}>
            {similar.data.other_split.map(({ image: other, likeness }) => (
              <ImageTile key={other.id} slug={project.slug} image={other} note={percent(likeness)} />
            ))}
          </ul>
        </div>
      )}
      <ul className="image-grid" aria-label={t("images.similar")}>
        {similar.data?.images.map(({ image: other, likeness }) => (
          <ImageTile key={other.id} slug={project.slug} image={other} note={percent(likeness)} />
        ))}
      </ul>
    </section>
  );
}
