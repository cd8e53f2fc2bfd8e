/** `/review/<round>`: what waits for a verdict, one caption at a time. */
import { useState } from "react";
import { Link } from "wouter";

import { useUndecided } from "../api/adjudication";
import { useProject } from "../api/projects";
import { useReviewQueue } from "../api/review";
import { useRound } from "../api/rounds";
import { t } from "../i18n/translate";
import { Keys } from "../keys/Keys";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { ReviewDesk } from "./ReviewDesk";

export default function ReviewPage({ round }: { readonly round: number }) {
  const roundQuery = useRound(round);
  const project = useProject(roundQuery.data?.project);
  const queue = useReviewQueue(round);
  const [helps, setHelps] = useState(false);
  const error = roundQuery.error ?? project.error ?? queue.error;
  if (project.data === undefined || roundQuery.data === undefined || queue.data === undefined) {
    return (
      <Page title={t("review.title")}>
        {error === null ? <Skeleton heights={[320, 80]} /> : <Trouble error={error} />}
      </Page>
    );
  }
  return (
    <Page
      title={t("review.ofRound", { number: roundQuery.data.number })}
      parents={[{ href: `/projects/${project.data.slug}`, text: project.data.name }]}
      full
      tools={
        <>
          <ToAdjudication round={round} />
          <button type="button" className="quiet" onClick={() => setHelps(true)}>
            {t("key.help")} <Keys command="help" />
          </button>
        </>
      }
    >
      <ReviewDesk
        fetched={queue.data}
        language={project.data.language}
        limit={project.data.caption_limit}
        isLookingAgain={queue.isFetching}
        helps={helps}
        onHelp={setHelps}
        onLookAgain={() => void queue.refetch()}
      />
    </Page>
  );
}

/** Where several people captioned an image, one of their captions is chosen on a desk of its own. */
function ToAdjudication({ round }: { readonly round: number }) {
  const count = useUndecided(round).data?.length ?? 0;
  if (count === 0) return null;
  return (
    <Link href={`/adjudicate/${round}`} className="button">
      {t("adjudication.waiting", { count })}
    </Link>
  );
}
