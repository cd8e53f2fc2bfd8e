/** `/adjudicate/<round>`: images that several people captioned, one at a time, to choose one caption or to make one of them. */
import { useState } from "react";

import { useUndecided } from "../api/adjudication";
import { useProject } from "../api/projects";
import { useRound } from "../api/rounds";
import { t } from "../i18n/translate";
import { Keys } from "../keys/Keys";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { AdjudicationDesk } from "./AdjudicationDesk";

export default function AdjudicationPage({ round }: { readonly round: number }) {
  const roundQuery = useRound(round);
  const project = useProject(roundQuery.data?.project);
  const undecided = useUndecided(round);
  const [helps, setHelps] = useState(false);
  const error = roundQuery.error ?? project.error ?? undecided.error;
  if (project.data === undefined || undecided.data === undefined) {
    return (
      <Page title={t("adjudication.title")}>
        {error === null ? <Skeleton heights={[320, 80]} /> : <Trouble error={error} />}
      </Page>
    );
  }
  return (
    <Page
      title={t("adjudication.title")}
      parents={[
        { href: `/projects/${project.data.slug}`, text: project.data.name },
        { href: `/review/${round}`, text: t("review.title") },
      ]}
      full
      tools={
        <button type="button" className="quiet" onClick={() => setHelps(true)}>
          {t("key.help")} <Keys command="help" />
        </button>
      }
    >
      <AdjudicationDesk
        round={round}
        fetched={undecided.data}
        language={project.data.language}
        limit={project.data.caption_limit}
        isLookingAgain={undecided.isFetching}
        helps={helps}
        onHelp={setHelps}
        onLookAgain={() => void undecided.refetch()}
      />
    </Page>
  );
}
