/** `/projects/<slug>/images`: the project's images as a grid, narrowed by what is known of them. */
import "./images.css";

import { useLocation, useSearch } from "wouter";

import { useImages } from "../api/images";
import { useProject } from "../api/projects";
import { t } from "../i18n/translate";
import { MoreButton } from "../ui/MoreButton";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { filterFrom, queryOf, searchOf } from "./filter";
import { ImageFilters } from "./ImageFilters";
import { ImageTile } from "./ImageTile";

export default function ImagesPage({ slug }: { readonly slug: string }) {
  const project = useProject(slug);
  const search = useSearch();
  const [, go] = useLocation();
  const filter = filterFrom(search);
  const images = useImages(queryOf(slug, filter));
  return (
    <Page
      title={t("images.title")}
      parents={[{ href: `/projects/${slug}`, text: project.data?.name ?? slug }]}
    >
      <ImageFilters
        key={search}
        filter={filter}
        onChange={(change) => go(`/projects/${slug}/images${searchOf({ ...filter, ...change })}`)}
      />
      {images.isPending && <Skeleton heights={[180, 180]} />}
      {images.isError && <Trouble error={images.error} onRetry={() => void images.refetch()} />}
      {images.data?.length === 0 && <p className="note">{t("images.none")}</p>}
      <ul className="image-grid" aria-label={t("images.title")}>
        {images.data?.map((image) => (
          <ImageTile key={image.id} slug={slug} image={image} />
        ))}
      </ul>
      <MoreButton list={images}>{t("images.more")}</MoreButton>
    </Page>
  );
}
