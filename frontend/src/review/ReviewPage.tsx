/** `/review/<round>`: what waits for a verdict, one caption at a time. */
import { useState } from "react";
import { Link } from "wouter";

import { useProject } from "../api/projects";
import { useReviewQueue, useWaiting } from "../api/review";
import { useRound } from "../api/rounds";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { DeskTools } from "./DeskTools";
import type { Panel } from "./panel";
import { ReviewDesk } from "./ReviewDesk";
import { RoundIsClosed } from "./RoundIsClosed";

export default function ReviewPage({ round }: { readonly round: number }) {
  const roundQuery = useRound(round);
  const project = useProject(roundQuery.data?.project);
  const queue = useReviewQueue(round);
  const [panel, setPanel] = useState<Panel | null>(null);
  const error = roundQuery.error ?? project.error ?? queue.error;
  if (project.data === undefined || roundQuery.data === undefined || queue.data === undefined) {
    return (
      <Page title={t("review.title")}>
        {error === null ? <Skeleton heights={[320, 80]} /> : <Trouble error={error} />}
      </Page>
    );
  }
  const { number, state } = roundQuery.data;
  const lookAgain = (): void => {
    void queue.refetch();
    void roundQuery.refetch();
  };
  return (
    <Page
      title={t("review.ofRound", { number })}
      parents={[{ href: `/projects/${project.data.slug}`, text: project.data.name }]}
      full
      tools={
        <>
          <ToAdjudication round={round} />
          <DeskTools slug={project.data.slug} onPanel={setPanel} />
        </>
      }
    >
      {state === "open" ? (
        <ReviewDesk
          round={round}
          slug={project.data.slug}
          fetched={queue.data}
          language={project.data.language}
          limit={project.data.caption_limit}
          isLookingAgain={queue.isFetching}
          panel={panel}
          onPanel={setPanel}
          onLookAgain={lookAgain}
        />
      ) : (
        <RoundIsClosed slug={project.data.slug} />
      )}
    </Page>
  );
}

/** Where several people captioned an image, one of their captions is chosen on a desk of its own. */
function ToAdjudication({ round }: { readonly round: number }) {
  const count = useWaiting(round).data?.adjudication ?? 0;
  if (count === 0) return null;
  return (
    <Link href={`/adjudicate/${round}`} className="button">
      {t("adjudication.waiting", { count })}
    </Link>
  );
}
