/** `/projects/<slug>/rounds/<n>`: what a round changed, whether captions still move, how its people work and agree. */
import "../ui/styles/console.css";
import "./admin.css";

import { useState } from "react";

import { type Project, useProject } from "../api/projects";
import { type Round, useRounds } from "../api/rounds";
import { useRuns } from "../api/runs";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { AgreementCard } from "./AgreementCard";
import { ArmsCard } from "./ArmsCard";
import { ConvergenceCard } from "./ConvergenceCard";
import { InviteDialog } from "./InviteDialog";
import { LaunchDialog } from "./LaunchDialog";
import { LevelsCard } from "./LevelsCard";
import { WorkCard } from "./WorkCard";

interface Props {
  readonly slug: string;
  readonly number: number;
}

export default function RoundReportPage({ slug, number }: Props) {
  const project = useProject(slug);
  const rounds = useRounds(slug);
  const [inviting, setInviting] = useState(false);
  const trouble = project.error ?? rounds.error;
  const round = rounds.data?.find((each) => each.number === number);
  return (
    <Page
      title={t("report.title", { number })}
      parents={[{ href: `/projects/${slug}`, text: project.data?.name ?? slug }]}
      tools={
        round?.state === "open" &&
        project.data?.role === "admin" && (
          <button type="button" onClick={() => setInviting(true)}>
            {t("people.inviteSome")}
          </button>
        )
      }
    >
      {inviting && <InviteDialog project={slug} onClose={() => setInviting(false)} />}
      {(project.isPending || rounds.isPending) && <Skeleton heights={[120, 180, 120]} />}
      {trouble !== null && <Trouble error={trouble} />}
      {rounds.isSuccess && round === undefined && <p>{t("report.noRound")}</p>}
      {project.data !== undefined && round !== undefined && (
        <Report project={project.data} round={round} rounds={rounds.data ?? []} />
      )}
    </Page>
  );
}

interface ReportProps {
  readonly project: Project;
  readonly round: Round;
  readonly rounds: readonly Round[];
}

function Report({ project, round, rounds }: ReportProps) {
  const runs = useRuns(project.slug);
  const [launching, setLaunching] = useState(false);
  const canLaunch = rounds.every(({ state }) => state === "closed");
  return (
    <>
      <WorkCard round={round.id} />
      <ConvergenceCard
        round={round.id}
        obstacle={canLaunch ? null : t("convergence.closeFirst")}
        onLaunch={() => setLaunching(true)}
      />
      <ArmsCard round={round.id} />
      <LevelsCard round={round.id} />
      {round.annotators_per_image > 1 && <AgreementCard round={round.id} />}
      {launching && (
        <LaunchDialog
          project={project}
          number={rounds.length + 1}
          runs={runs.data ?? []}
          unconvergedOnly
          onClose={() => setLaunching(false)}
        />
      )}
    </>
  );
}
