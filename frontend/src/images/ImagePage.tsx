/** `/projects/<slug>/images/<id>`: one image with its whole life, from the alt-text over every round; and taking it down. */
import "./images.css";

import { useState } from "react";
import { Link } from "wouter";

import { type Image, useImage, useImageHistory } from "../api/images";
import { type Project, useProject } from "../api/projects";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Picture } from "../ui/Picture";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { searchOf } from "./filter";
import { ImageLife } from "./ImageLife";
import { MoreLikeThis } from "./MoreLikeThis";
import { WithdrawDialog } from "./WithdrawDialog";

interface Props {
  readonly slug: string;
  readonly id: number;
}

export default function ImagePage({ slug, id }: Props) {
  const project = useProject(slug);
  const image = useImage(id);
  const history = useImageHistory(id);
  return (
    <Page
      title={t("images.one", { id })}
      parents={[
        { href: `/projects/${slug}`, text: project.data?.name ?? slug },
        { href: `/projects/${slug}/images`, text: t("images.title") },
      ]}
    >
      {image.isPending && <Skeleton heights={[300, 120]} />}
      {image.isError && <Trouble error={image.error} onRetry={() => void image.refetch()} />}
      {image.data !== undefined && project.data !== undefined && (
        <>
          <Portrait project={project.data} image={image.data} />
          {image.data.withdrawn_at === null && <MoreLikeThis project={project.data} image={image.data} />}
        </>
      )}
      {history.isError && <Trouble error={history.error} onRetry={() => void history.refetch()} />}
      {history.data !== undefined && image.data !== undefined && (
        <ImageLife
          altTexts={image.data.alt_texts}
          history={history.data}
          language={project.data?.language ?? "en"}
          archivesIn={project.data?.role === "admin" ? slug : null}
        />
      )}
    </Page>
  );
}

function Portrait({ project, image }: { readonly project: Project; readonly image: Image }) {
  const [withdrawing, setWithdrawing] = useState(false);
  const known = [
    [t("images.filter.split"), t(`split.${image.split}`)],
    [t("images.size"), `${image.width} × ${image.height}`],
    [t("images.filter.source"), image.source],
    [t("images.filter.domain"), image.domain],
    [t("images.licence"), image.licence],
    [t("images.key"), image.source_key],
    [t("images.address"), image.image_url],
    [t("images.page"), image.page_url],
  ].filter(([, value]) => value !== "");
  return (
    <section className="card portrait">
      {image.withdrawn_at === null ? (
        <Picture src={image.url} alt={image.alt_texts[0] ?? ""} />
      ) : (
        <p className="note warn">{t("images.takenDownAt", { time: moment(image.withdrawn_at) })}</p>
      )}
      <div className="stack">
        <dl className="facts">
          {known.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="small muted">
          <code>{image.sha256}</code>
        </p>
        <div className="row">
          {image.has_duplicates && (
            <Link href={`/projects/${project.slug}/images${searchOf({ cluster: String(image.cluster) })}`}>
              {t("images.showDuplicates")}
            </Link>
          )}
          {project.role === "admin" && image.withdrawn_at === null && (
            <>
              <Link href={`/projects/${project.slug}/practice?image=${image.id}`} className="button">
                {t("lessons.use")}
              </Link>
              <button type="button" onClick={() => setWithdrawing(true)}>
                {t("images.takeDown")}
              </button>
            </>
          )}
        </div>
      </div>
      {withdrawing && (
        <WithdrawDialog id={image.id} project={project.slug} onClose={() => setWithdrawing(false)} />
      )}
    </section>
  );
}
