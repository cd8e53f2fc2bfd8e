/** The images that look most like one; where they are not embedded yet, an admin can have that done. */
import { type Image, useEmbedImages, useSimilarImages } from "../api/images";
import type { Project } from "../api/projects";
import { percent } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { ImageTile } from "./ImageTile";

export function MoreLikeThis({ project, image }: { readonly project: Project; readonly image: Image }) {
  const similar = useSimilarImages(image.id);
  const embed = useEmbedImages(project.slug);
  return (
    <section className="card">
      <h2>{t("images.similar")}</h2>
      {similar.isError && <Trouble error={similar.error} onRetry={() => void similar.refetch()} />}
      {similar.data?.embedded === false && (
        <div className="row">
          <span className="muted">{t("images.notEmbedded")}</span>
          {project.role === "admin" && (
            <button
              type="button"
              disabled={embed.isPending || embed.isSuccess}
              onClick={() => embed.mutate()}
            >
              {t("images.embed")}
            </button>
          )}
          {embed.isSuccess && <span role="status">{t("images.embedding")}</span>}
        </div>
      )}
      {embed.isError && <Trouble error={embed.error} />}
      {similar.data?.embedded === true && similar.data.images.length === 0 && (
        <p className="muted">{t("images.nothingSimilar")}</p>
      )}
      <ul className="image-grid" aria-label={t("images.similar")}>
        {similar.data?.images.map(({ image: other, likeness }) => (
          <ImageTile key={other.id} slug={project.slug} image={other} note={percent(likeness)} />
        ))}
      </ul>
    </section>
  );
}
