/** The first screen: the person's projects, each with what to do next. */
import { Link } from "wouter";

import { type Project, useProjects } from "../api/projects";
import type { User } from "../api/session";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { nextSteps, waitingReason } from "./next_step";

export default function ProjectsPage({ user }: { readonly user: User }) {
  const projects = useProjects();
  return (
    <Page
      title={t("projects.title")}
      tools={user.is_owner && <Link href="/archives">{t("archives.bringIn")}</Link>}
    >
      <h2 className="large">{t("projects.greeting", { name: user.name || user.username })}</h2>
      {projects.isPending && <Skeleton heights={[110, 110]} />}
      {projects.isError && <Trouble error={projects.error} onRetry={() => void projects.refetch()} />}
      {projects.data?.length === 0 && <p className="note">{t("projects.none")}</p>}
      {projects.data?.map((project) => (
        <ProjectCard key={project.slug} project={project} />
      ))}
    </Page>
  );
}

function ProjectCard({ project }: { readonly project: Project }) {
  const { current_round: round, role } = project;
  const waiting = waitingReason(project);
  return (
    <section className="card">
      <div className="card-head">
        <h3>{project.name}</h3>
        <span className="badge">{t(`role.${role}`)}</span>
      </div>
      <dl className="facts">
        <div>
          <dt>{t("project.images")}</dt>
          <dd>{t("number", { number: project.image_count })}</dd>
        </div>
        {round !== null && (
          <div>
            <dt>{t("round.name", { number: round.number })}</dt>
            <dd>
              {t(`roundState.${round.state}`)}, {t(`starting.${round.starting_text}`)}
            </dd>
          </div>
        )}
      </dl>
      {waiting !== null && <p className="muted">{t(waiting)}</p>}
      <div className="row">
        {nextSteps(project).map(({ label, href }, index) => (
          <Link key={href} href={href} className={index === 0 ? "button primary" : "button"}>
            {t(label)}
          </Link>
        ))}
        <Link href={`/projects/${project.slug}/guidelines`} className="button">
          {t("guidelines.title")}
        </Link>
        <Link href={`/practice/${project.slug}`} className="button">
          {t("practice.title")}
        </Link>
      </div>
    </section>
  );
}
