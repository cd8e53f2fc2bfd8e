/** The one thing an admin should do now, in words and as a button. */
import { useState } from "react";
import { Link } from "wouter";

import type { Job } from "../api/jobs";
import { useMembers } from "../api/members";
import type { Project } from "../api/projects";
import type { Round } from "../api/rounds";
import { t } from "../i18n/translate";

import { InviteDialog } from "./InviteDialog";
import { whatNow } from "./progress";

interface Props {
  readonly project: Project;
  readonly rounds: readonly Round[];
  readonly jobs: readonly Job[];
  readonly onLaunch: () => void;
}

export function WhatNow({ project, rounds, jobs, onLaunch }: Props) {
  const { slug } = project;
  const members = useMembers(slug);
  const [inviting, setInviting] = useState(false);
  const now = whatNow({ rounds, jobs, images: project.image_count, members: members.data?.length ?? null });
  const canLaunch = project.image_count > 0 && rounds.every(({ state }) => state === "closed");
  return (
    <section className="what-now">
      <p>{t(now)}</p>
      {(now === "now.pictures" || now === "now.importing") && (
        <Link href={`/projects/${slug}/imports`} className="button primary">
          {t(now === "now.pictures" ? "now.bringIn" : "now.seeImport")}
        </Link>
      )}
      {canLaunch && (
        <button type="button" className={now === "now.jobs" ? "" : "primary"} onClick={onLaunch}>
          {t("launch.button", { number: rounds.length + 1 })}
        </button>
      )}
      {now === "now.alone" && (
        <button type="button" className="primary" onClick={() => setInviting(true)}>
          {t("people.inviteSome")}
        </button>
      )}
      {inviting && <InviteDialog project={slug} onClose={() => setInviting(false)} />}
    </section>
  );
}
