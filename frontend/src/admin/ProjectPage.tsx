/** `/projects/<slug>`: how the project is going and what to do now; for admins the whole console. */
import "../ui/styles/console.css";
import "./admin.css";

import { useState } from "react";
import { Link } from "wouter";

import { useJobs } from "../api/jobs";
import { type Project, useProject } from "../api/projects";
import { useRounds } from "../api/rounds";
import { useRuns } from "../api/runs";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { ArchiveCard } from "./ArchiveCard";
import { CaptionerCard } from "./CaptionerCard";
import { ExportsCard } from "./ExportsCard";
import { JobsCard } from "./JobsCard";
import { LaunchDialog } from "./LaunchDialog";
import { PeopleCard } from "./PeopleCard";
import { ProjectSettingsCard } from "./ProjectSettingsCard";
import { ReviewSettingsCard } from "./ReviewSettingsCard";
import { RoundLine } from "./RoundLine";
import { RunsCard } from "./RunsCard";
import { WhatNow } from "./WhatNow";

export default function ProjectPage({ slug }: { readonly slug: string }) {
  const project = useProject(slug);
  return (
    <Page
      title={project.data?.name ?? ""}
      tools={
        <>
          {project.data !== undefined && project.data.role !== "annotator" && (
            <Link href={`/projects/${slug}/images`}>{t("project.images")}</Link>
          )}
          {project.data?.role === "admin" && (
            <>
              <Link href={`/projects/${slug}/imports`}>{t("project.imports")}</Link>
              <Link href={`/projects/${slug}/history`}>{t("history.title")}</Link>
              <Link href={`/projects/${slug}/webhooks`}>{t("webhooks.title")}</Link>
            </>
          )}
          <Link href={`/projects/${slug}/guidelines`}>{t("guidelines.title")}</Link>
        </>
      }
    >
      {project.isPending && <Skeleton heights={[60, 180, 120]} />}
      {project.isError && <Trouble error={project.error} onRetry={() => void project.refetch()} />}
      {project.data !== undefined && <ProjectConsole project={project.data} />}
    </Page>
  );
}

function ProjectConsole({ project }: { readonly project: Project }) {
  const { slug, role } = project;
  const isAdmin = role === "admin";
  const rounds = useRounds(slug);
  const jobs = useJobs(slug);
  const runs = useRuns(slug);
  const [launching, setLaunching] = useState(false);

  if (rounds.isPending || jobs.isPending || runs.isPending) return <Skeleton heights={[60, 180, 120]} />;
  if (rounds.isError) return <Trouble error={rounds.error} onRetry={() => void rounds.refetch()} />;
  const allJobs = jobs.data ?? [];
  const allRuns = runs.data ?? [];
  return (
    <>
      {isAdmin && (
        <WhatNow project={project} rounds={rounds.data} jobs={allJobs} onLaunch={() => setLaunching(true)} />
      )}
      <RoundLine project={project} rounds={rounds.data} runs={allRuns} />
      {isAdmin && (
        <>
          <JobsCard project={slug} jobs={allJobs} />
          <RunsCard project={project} runs={allRuns} />
          <CaptionerCard project={slug} />
          <PeopleCard project={slug} />
          <ProjectSettingsCard project={project} />
          <ReviewSettingsCard project={project} />
          <ExportsCard project={slug} rounds={rounds.data} />
          <ArchiveCard project={slug} />
        </>
      )}
      {launching && (
        <LaunchDialog
          project={project}
          number={rounds.data.length + 1}
          runs={allRuns}
          onClose={() => setLaunching(false)}
        />
      )}
    </>
  );
}
