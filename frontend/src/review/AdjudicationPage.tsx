/** `/adjudicate/<round>`: images that several people captioned, one at a time, to choose one caption or to make one of them. */
import { useState } from "react";

import { useUndecided } from "../api/adjudication";
import { useProject } from "../api/projects";
import { useRound } from "../api/rounds";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { AdjudicationDesk } from "./AdjudicationDesk";
import { DeskTools } from "./DeskTools";
import type { Panel } from "./panel";
import { RoundIsClosed } from "./RoundIsClosed";

export default function AdjudicationPage({ round }: { readonly round: number }) {
  const roundQuery = useRound(round);
  const project = useProject(roundQuery.data?.project);
  const undecided = useUndecided(round);
  const [panel, setPanel] = useState<Panel | null>(null);
  const error = roundQuery.error ?? project.error ?? undecided.error;
  if (project.data === undefined || undecided.data === undefined) {
    return (
      <Page title={t("adjudication.title")}>
        {error === null ? <Skeleton heights={[320, 80]} /> : <Trouble error={error} />}
      </Page>
    );
  }
  const lookAgain = (): void => {
    void undecided.refetch();
    void roundQuery.refetch();
  };
  return (
    <Page
      title={t("adjudication.title")}
      parents={[
        { href: `/projects/${project.data.slug}`, text: project.data.name },
        { href: `/review/${round}`, text: t("review.title") },
      ]}
      full
      tools={<DeskTools slug={project.data.slug} onPanel={setPanel} />}
    >
      {roundQuery.data?.state === "open" ? (
        <AdjudicationDesk
          round={round}
          slug={project.data.slug}
          fetched={undecided.data}
          language={project.data.language}
          limit={project.data.caption_limit}
          isLookingAgain={undecided.isFetching}
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
