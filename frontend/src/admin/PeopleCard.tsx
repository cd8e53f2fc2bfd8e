/** The project's people: who does what, inviting, pausing and removing somebody. */
import { useCohorts } from "../api/cohorts";
import { useProjectInvitations } from "../api/invitations";
import { type Member, useChangeMember, useMembers } from "../api/members";
import { t } from "../i18n/translate";
import { ScrollX } from "../ui/ScrollX";
import { Trouble } from "../ui/Trouble";

import { CohortsForm } from "./CohortsForm";
import { InvitedRow } from "./InvitedRow";
import { InviteForm } from "./InviteForm";
import { RemoveMember } from "./RemoveMember";
import { ROLES } from "./roles";

export function PeopleCard({ project }: { readonly project: string }) {
  const members = useMembers(project);
  const invitations = useProjectInvitations(project);
  const cohorts = useCohorts(project);
  const groups = (cohorts.data ?? []).map(({ name }) => name);
  return (
    <section className="card">
      <h2>{t("people.title")}</h2>
      {members.isError && <Trouble error={members.error} onRetry={() => void members.refetch()} />}
      {invitations.isError && (
        <Trouble error={invitations.error} onRetry={() => void invitations.refetch()} />
      )}
      {members.data !== undefined && (
        <ScrollX>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("people.name")}</th>
                <th scope="col">{t("people.role")}</th>
                <th scope="col">{t("people.state")}</th>
                {groups.length > 0 && <th scope="col">{t("cohorts.cohort")}</th>}
              </tr>
            </thead>
            <tbody>
              {members.data.map((member) => (
                <MemberRow key={member.username} project={project} member={member} groups={groups} />
              ))}
              {invitations.data?.map((invitation) => (
                <InvitedRow
                  key={invitation.username}
                  project={project}
                  invitation={invitation}
                  hasCohorts={groups.length > 0}
                />
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      <InviteForm project={project} />
      <CohortsForm project={project} />
    </section>
  );
}

interface MemberProps {
  readonly project: string;
  readonly member: Member;
  readonly groups: readonly string[];
}

function MemberRow({ project, member, groups }: MemberProps) {
  const change = useChangeMember(project);
  const { username, role, paused_at: pausedAt } = member;
  return (
    <tr>
      <th scope="row">{username}</th>
      <td>
        <select
          aria-label={t("people.roleOf", { name: username })}
          value={role}
          disabled={change.isPending}
          onChange={({ target }) => {
            const chosen = ROLES.find((each) => each === target.value);
            if (chosen !== undefined) change.mutate({ username, role: chosen });
          }}
        >
          {ROLES.map((each) => (
            <option key={each} value={each}>
              {t(`role.${each}`)}
            </option>
          ))}
        </select>
      </td>
      <td>
        <div className="row">
          {pausedAt === null ? t("people.active") : t("people.paused")}
          <button
            type="button"
            disabled={change.isPending}
            title={t("people.pauseHint")}
            onClick={() => change.mutate({ username, paused: pausedAt === null })}
          >
            {pausedAt === null ? t("people.pause") : t("people.resume")}
          </button>
          <RemoveMember project={project} name={username} />
        </div>
        {change.isError && <Trouble error={change.error} />}
      </td>
      {groups.length > 0 && (
        <td>
          <select
            aria-label={t("cohorts.of", { name: username })}
            value={member.cohort ?? ""}
            disabled={change.isPending}
            onChange={({ target }) =>
              change.mutate({ username, cohort: target.value === "" ? null : target.value })
            }
          >
            <option value="">{t("cohorts.none")}</option>
            {groups.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </td>
      )}
    </tr>
  );
}
