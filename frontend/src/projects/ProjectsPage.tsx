/** The first screen: who invites the person, and their projects, each with what to do next. */
import { Link } from "wouter";

import { useOwnInvitations } from "../api/invitations";
import { type Project, useProjects } from "../api/projects";
import type { User } from "../api/session";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { InvitationCard } from "./InvitationCard";
import { nextSteps, waitingReason } from "./next_step";

export default function ProjectsPage({ user }: { readonly user: User }) {
  const projects = useProjects();
  const invitations = useOwnInvitations();
  return (
    <Page
      title={t("projects.title")}
      tools={
        user.is_owner && (
          <>
            <Link href="/new-project">{t("project.new")}</Link>
            <Link href="/archives">{t("archives.bringIn")}</Link>
          </>
        )
      }
    >
      <h2 className="large">{t("projects.greeting", { name: user.name || user.username })}</h2>
      {invitations.isError && (
        <Trouble error={invitations.error} onRetry={() => void invitations.refetch()} />
      )}
      {invitations.data?.map((invitation) => (
        <InvitationCard key={invitation.id} invitation={invitation} />
      ))}
      {projects.isPending && <Skeleton heights={[110, 110]} />}
      {projects.isError && <Trouble error={projects.error} onRetry={() => void projects.refetch()} />}
      {projects.data?.length === 0 && invitations.data?.length === 0 && <Nothing isOwner={user.is_owner} />}
      {projects.data?.map((project) => (
        <ProjectCard key={project.slug} project={project} />
      ))}
    </Page>
  );
}

/** An owner begins here; anybody else waits for somebody who invites them. */
function Nothing({ isOwner }: { readonly isOwner: boolean }) {
  if (!isOwner) return <p className="note">{t("projects.none")}</p>;
  return (
    <section className="card">
      <h3>{t("projects.empty")}</h3>
      <ol>
        {(["create", "pictures", "launch", "invite"] as const).map((step) => (
          <li key={step}>{t(`projects.empty.${step}`)}</li>
        ))}
      </ol>
      <div className="row">
        <Link href="/new-project" className="button primary">
          {t("projects.empty.button")}
        </Link>
      </div>
    </section>
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
              {t(`roundState.${round.state}`)},{" "}
              {t("rounds.from", { source: t(`starting.${round.starting_text}`) })}
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
        {!project.paused && (
          <>
            <Link href={`/projects/${project.slug}/guidelines`} className="button">
              {t("guidelines.title")}
            </Link>
            <Link href={`/practice/${project.slug}`} className="button">
              {t("practice.title")}
            </Link>
          </>
        )}
      </div>
    </section>
  );
}
